import {boolean, integer, list, string, structure} from '../../shape.ts';
import {invalidParameter} from './errors.ts';
import {checkFilterPattern} from './filter-pattern.ts';
import type {EventSourceMapping} from './records.ts';

const destination = structure({Destination: string});

/** What a mapping has, in CreateEventSourceMapping as in UpdateEventSourceMapping; not every source takes all of it. */
export const mappingMembers = {
  Enabled: boolean,
  BatchSize: integer,
  MaximumBatchingWindowInSeconds: integer,
  FunctionResponseTypes: list(string),
  ScalingConfig: structure({MaximumConcurrency: integer}),
  FilterCriteria: structure({Filters: list(structure({Pattern: string}))}),
  ParallelizationFactor: integer,
  MaximumRecordAgeInSeconds: integer,
  BisectBatchOnFunctionError: boolean,
  MaximumRetryAttempts: integer,
  DestinationConfig: structure({OnSuccess: destination, OnFailure: destination}),
};

export interface MappingInput {
  readonly Enabled?: boolean | undefined;
  readonly BatchSize?: number | undefined;
  readonly MaximumBatchingWindowInSeconds?: number | undefined;
  readonly FunctionResponseTypes?: readonly string[] | undefined;
  readonly ScalingConfig?: {readonly MaximumConcurrency?: number | undefined} | undefined;
  readonly FilterCriteria?:
    | {readonly Filters?: readonly {readonly Pattern?: string | undefined}[] | undefined}
    | undefined;
  readonly StartingPosition?: string | undefined;
  readonly ParallelizationFactor?: number | undefined;
  readonly MaximumRecordAgeInSeconds?: number | undefined;
  readonly BisectBatchOnFunctionError?: boolean | undefined;
  readonly MaximumRetryAttempts?: number | undefined;
  readonly DestinationConfig?:
    | {
        readonly OnSuccess?: {readonly Destination?: string | undefined} | undefined;
        readonly OnFailure?: {readonly Destination?: string | undefined} | undefined;
      }
    | undefined;
}

/** An empty list takes the filters away. */
export function mappingFilters(
  {FilterCriteria}: MappingInput,
  before: EventSourceMapping | undefined,
): Pick<EventSourceMapping, 'FilterCriteria'> {
  if (FilterCriteria === undefined) return before?.FilterCriteria ? {FilterCriteria: before.FilterCriteria} : {};
  const patterns = FilterCriteria.Filters?.map(({Pattern = ''}) => Pattern) ?? [];
  if (patterns.length > 10) throw invalidParameter('Number of filters cannot exceed 10');
  for (const pattern of patterns) checkFilterPattern(pattern);
  return patterns.length === 0 ? {} : {FilterCriteria: {Filters: patterns.map(Pattern => ({Pattern}))}};
}
