import {counted} from '../model/counted.ts';
/** The text forms of `gear new service`. */

/** Folders and files as a tree, in the order given; a folder's files must stand together. */
export function fileTree(root: string, files: readonly {readonly path: string; readonly note?: string}[]): string {
  const lines = [`${root}/`];
  let open: readonly string[] = [];
  for (const {path, note} of files) {
    const folders = path.split('/').slice(0, -1);
    const shared = folders.findIndex((folder, depth) => open[depth] !== folder);
    for (let depth = shared < 0 ? folders.length : shared; depth < folders.length; depth++)
      lines.push(`${'  '.repeat(depth + 1)}${folders[depth]}/`);
    open = folders;
    const name = path.slice(path.lastIndexOf('/') + 1);
    lines.push(`${'  '.repeat(folders.length + 1)}${name}${note === undefined ? '' : `  (${note})`}`);
  }
  return lines.join('\n');
}

export function fileContents(files: readonly {readonly path: string; readonly contents: string}[]): string {
  return files.map(({path, contents}) => `==> ${path} <==\n${contents}`).join('\n');
}

export function writtenService({
  service,
  language,
  folder,
  files,
  deploy,
}: {
  readonly service: string;
  readonly language: string;
  readonly folder: string;
  readonly files: readonly {readonly path: string; readonly status: string}[];
  /** The command that deploys it on this machine. */
  readonly deploy: string;
}): string {
  const written = files.filter(({status}) => status === 'written').length;
  const summary =
    written === 0
      ? `${service} is unchanged in ${folder}: all ${files.length} files are as they would be written.`
      : `${service} is written to ${folder}: ${counted(written, 'file')}${written < files.length ? `, ${files.length - written} unchanged` : ''}.`;
  const install = language === 'python' ? 'python3 -m pip install -r requirements.txt' : 'npm install';
  const steps = [...(folder === '.' ? [] : [`cd ${quoted(folder)}`]), install, deploy];
  return [summary, '', 'Next:', ...steps.map(step => `  ${step}`)].join('\n');
}

function quoted(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
