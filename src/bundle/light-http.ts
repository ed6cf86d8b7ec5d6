import type {Plugin} from 'esbuild';

/**
 * An ES module that imports node:http makes Node read every export of it, among them WebSocket, which loads undici:
 * half of what an AWS client costs at start. Taken by `getBuiltinModule`, an export is read when it is used.
 */
export const lightHttp: Plugin = {
  name: 'light-http',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^(node:)?http$/}, () => ({path: 'node:http', namespace: 'light-http'}));
    onLoad({filter: /./, namespace: 'light-http'}, () => ({
      contents: "module.exports = process.getBuiltinModule('node:http');",
    }));
  },
};
