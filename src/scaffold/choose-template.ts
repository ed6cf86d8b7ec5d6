import {GearError} from '../errors.ts';
import {listed} from './listed.ts';
import {type ServiceTemplate, templates} from './templates.ts';

export function chooseTemplate(name: string): ServiceTemplate {
  const template = templates.find(candidate => candidate.name === name);
  if (template !== undefined) return template;
  const names = templates.map(candidate => candidate.name);
  throw new GearError(`There is no template ${name}; there is ${listed(names)}`, {
    code: 'TEMPLATE_UNKNOWN',
    suggestions: [`--template ${names[0]}`],
  });
}

export function chooseLanguage(template: ServiceTemplate, language: string): string {
  if (template.languages.includes(language)) return language;
  throw new GearError(
    `The template ${template.name} is not written in ${language}; it is in ${listed(template.languages)}`,
    {
      code: 'LANGUAGE_UNKNOWN',
      suggestions: [`--language ${template.languages[0]}`],
    },
  );
}

/** Undefined where the template leaves no choice. */
export function chooseQueue({name, queues}: ServiceTemplate, queue: string | undefined): string | undefined {
  if (queue === undefined || queues.includes(queue)) return queue;
  throw new GearError(
    queues.length === 0
      ? `The template ${name} leaves no choice of a queue`
      : `The template ${name} has no queue ${queue}; there is ${listed(queues)}`,
    {
      code: 'QUEUE_UNKNOWN',
      suggestions: [queues.length === 0 ? `--template ${name} without --queue` : `--queue ${queues[0]}`],
    },
  );
}
