/** The last part of an ARN. The colons of a placeholder such as `${AWS::StackName}` are its own. */
export function nameInArn(arn: string): string {
  return arn.slice(withoutPlaceholders(arn).lastIndexOf(':') + 1);
}

/** A text of the same length, so that what is found in it stands at the same place. */
export function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\$\{[^}]*\}/g, placeholder => '_'.repeat(placeholder.length));
}
