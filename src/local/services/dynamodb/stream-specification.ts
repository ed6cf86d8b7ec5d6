import {ServiceError} from '../../service-error.ts';
import type {Streams} from './streams.ts';
import type {EngineTable, StreamViewType} from './table.ts';

interface StreamSpecification {
  readonly StreamEnabled?: boolean | undefined;
  readonly StreamViewType?: string | undefined;
}

const viewTypes: readonly string[] = ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'];

/** The view of a stream that is to be; undefined when there is to be none. */
export function checkStreamSpecification(specification: StreamSpecification | undefined): StreamViewType | undefined {
  if (specification === undefined) return undefined;
  const {StreamEnabled, StreamViewType: viewType} = specification;
  if (StreamEnabled === undefined)
    throw invalid(
      `1 validation error detected: Value null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member must not be null`,
    );
  if (viewType !== undefined && !viewTypes.includes(viewType))
    throw invalid(
      `1 validation error detected: Value '${viewType}' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [${viewTypes.join(', ')}]`,
    );
  if (StreamEnabled && viewType === undefined)
    throw invalid('One or more parameter values were invalid: StreamViewType must be given when StreamEnabled is true');
  if (!StreamEnabled && viewType !== undefined)
    throw invalid(
      'One or more parameter values were invalid: StreamViewType may not be given when StreamEnabled is false',
    );
  return viewType as StreamViewType | undefined;
}

/** A table's description with its stream switched on or off. */
export function withStream(
  description: EngineTable,
  specification: StreamSpecification | undefined,
  streams: Streams,
): EngineTable {
  if (specification === undefined) return description;
  const viewType = checkStreamSpecification(specification);
  const isOn = description.StreamSpecification !== undefined;
  if (viewType !== undefined) {
    if (isOn) throw invalid(`Table already has an enabled stream: TableName: ${description.TableName}`);
    return {...description, ...streams.enable(description, viewType)};
  }
  if (!isOn) throw invalid(`Table has no stream to disable: TableName: ${description.TableName}`);
  const {StreamSpecification: _, ...rest} = description;
  if (description.LatestStreamArn !== undefined) streams.disable(description.LatestStreamArn);
  return rest;
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
