/** What stands for nothing yet is written as AWS writes it in a change set. */
export const knownLater = '{{changeSet:KNOWN_AFTER_APPLY}}';
