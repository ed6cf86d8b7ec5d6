import {findingsHtml} from '../html/page.ts';
import {findingsGithub} from './github.ts';
import {findingsJson} from './json.ts';
import {findingsJunit} from './junit.ts';
import {findingsMarkdown} from './markdown.ts';
import type {AuditReport} from './report.ts';
import {findingsSarif} from './sarif.ts';
import {type FindingsTextOptions, findingsText} from './text.ts';

export type TextOptions = Pick<FindingsTextOptions, 'paint' | 'columns' | 'source' | 'alone'>;

/** Every format that an audit can be written in; the names are those of `--format`. */
export const findingsFormats = {
  text: ({result, rules, notRead, refused = [], gone}: AuditReport, options: TextOptions) =>
    findingsText(result, rules, {...options, notRead, refused, gone}),
  json: (report: AuditReport) => [...findingsJson(report)].join(''),
  sarif: findingsSarif,
  junit: findingsJunit,
  github: findingsGithub,
  markdown: findingsMarkdown,
  html: findingsHtml,
} satisfies Readonly<Record<string, (report: AuditReport, options: TextOptions) => string>>;
