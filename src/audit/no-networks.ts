/** Of rules that look at the networks around functions. */
export const noNetworks = 'it has no networks.';
