import {fileURLToPath} from 'node:url';

/**
 * The node_modules folders in which gear's own copies of what the templates import lie (installers may put them beside
 * gear or inside it): with them a service that was just written bundles before its first `npm install`.
 */
export function gearModules(): readonly string[] {
  modules ??= findModules();
  return modules;
}

// Kept, for an audit asks in every template, and gear does not move while it runs.
let modules: readonly string[] | undefined;

function findModules(): readonly string[] {
  const folders = ['@aws-lambda-powertools/batch', '@aws-sdk/client-s3'].map(name => {
    const path = fileURLToPath(import.meta.resolve(name));
    return path.slice(0, path.lastIndexOf('/node_modules/') + '/node_modules'.length);
  });
  return [...new Set(folders)];
}
