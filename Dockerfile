# The gateway as an image: docker build -t access-profile-gateway .
FROM node:24-bookworm-slim AS build
WORKDIR /build
# The dependencies first: this layer stays while only sources change.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json schema.graphql ./
COPY src ./src
RUN npm run build

# What runs, without the packages that only build and test.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

# Node.js and what it needs: no shell, no package manager, no compiler.
FROM gcr.io/distroless/nodejs24-debian12
WORKDIR /app
COPY package.json LICENSE CHANGELOG.md schema.graphql ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /build/dist ./dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 ADMIN_PORT=4001
# nobody, by number, so that a cluster can see that it is not root.
USER 65534:65534
EXPOSE 4000 4001
# Not /health/ready: a gateway whose API is down must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.ADMIN_PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=32", "dist/cli/main.js"]
CMD ["serve"]
