// The map of the world: projections, and borders out of world-atlas.
import { feature, mesh } from "topojson-client";
import topology from "world-atlas/countries-110m.json";

export { geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
export const land = feature(topology, topology.objects.land);
export const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
