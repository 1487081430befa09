import type { NodeSingular, StylesheetJson } from 'cytoscape';
import { inks, type Theme } from './appearance.ts';

/** How Cytoscape draws the elements. Colours and sizes of profiles come with them. */
export function stylesheetFor(theme: Theme): StylesheetJson {
  const ink = inks[theme];
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '8',
        width: 'data(width)',
        height: 'data(height)',
        label: 'data(label)',
        color: 'data(text)',
        'font-size': 13,
        'font-family': 'Roboto, sans-serif',
        'text-valign': 'center',
        'text-halign': 'center',
        'min-zoomed-font-size': 6,
        'background-color': 'data(fill)',
        'border-color': 'data(borderColour)',
        'border-width': 'data(borderWidth)',
      },
    },
    {
      selector: 'node.dashed',
      style: { 'border-style': 'dashed', 'border-dash-pattern': (node: NodeSingular) => node.data('dashes') },
    },
    { selector: 'node.double', style: { 'border-style': 'double' } },
    { selector: 'node.missing', style: { 'background-opacity': 0.25, 'font-style': 'italic' } },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': 'data(colour)',
        'curve-style': 'straight',
        'target-arrow-shape': 'triangle',
        'target-arrow-color': 'data(colour)',
        'arrow-scale': 0.9,
      },
    },
    { selector: 'edge.upwards', style: { 'source-endpoint': '0 -50%', 'target-endpoint': '0 50%' } },
    { selector: 'edge.downwards', style: { 'source-endpoint': '0 50%', 'target-endpoint': '0 -50%' } },
    {
      selector: 'edge.curved',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': 'data(weights)',
        'control-point-distances': 'data(distances)',
      },
    },
    {
      selector: 'edge:loop',
      style: {
        'curve-style': 'bezier',
        'loop-direction': '90deg',
        'loop-sweep': '60deg',
        'control-point-step-size': 90,
        'source-endpoint': 'outside-to-node',
        'target-endpoint': 'outside-to-node',
      },
    },
    { selector: 'edge.indirect', style: { 'line-style': 'dashed', 'line-dash-pattern': [5, 5] } },
    { selector: 'edge.cycle', style: { width: 2.5 } },
    { selector: '.faded', style: { opacity: 0.18 } },
    {
      selector: 'edge.near',
      style: { 'line-color': ink.near, 'target-arrow-color': ink.near, width: 2.5, 'z-index': 5 },
    },
    {
      selector: 'node.lit',
      style: { 'border-color': ink.path, 'border-width': 3, 'z-index': 10 },
    },
    {
      selector: 'edge.lit',
      style: { 'line-color': ink.path, 'target-arrow-color': ink.path, width: 3.5, 'z-index': 10 },
    },
    {
      selector: 'node.chosen',
      style: { 'outline-color': ink.path, 'outline-width': 3, 'outline-offset': 3, 'z-index': 20 },
    },
    { selector: 'node.found', style: { 'underlay-color': ink.path, 'underlay-opacity': 0.25, 'underlay-padding': 8 } },
  ];
}
