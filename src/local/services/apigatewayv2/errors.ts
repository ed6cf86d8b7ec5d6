import {ServiceError} from '../../service-error.ts';

export function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message, {status: 404});
}

export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequestException', message);
}

export function conflict(message: string): ServiceError {
  return new ServiceError('ConflictException', message, {status: 409});
}

export function checkRange(member: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && (value < least || value > most))
    throw badRequest(`Invalid ${member} ${value}: it must be from ${least} to ${most}`);
}

export function checkLength(member: string, value: string | undefined, most: number, least = 0): void {
  if (value !== undefined && (value.length < least || value.length > most))
    throw badRequest(`Invalid ${member}: it must have from ${least} to ${most} characters`);
}
