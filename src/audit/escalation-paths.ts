/** Actions that together let a role gain permissions that it was not given. */
export interface EscalationPath {
  readonly actions: readonly string[];
  /** How it is done, after "can". */
  readonly how: string;
  /** The service that a passed role is for, in `iam:PassedToService`. */
  readonly passedTo?: string;
}

/** Smallest sets only; from the collections of pathfinding.cloud, cloudsplaining, prowler and PMapper, as of 2026-11. */
export const escalationPaths: readonly EscalationPath[] = [
  single('iam:CreatePolicyVersion', 'rewrite a managed policy'),
  single('iam:SetDefaultPolicyVersion', 'bring back an older version of a managed policy'),
  single('iam:AttachRolePolicy', 'attach any policy to a role'),
  single('iam:AttachUserPolicy', 'attach any policy to a user'),
  single('iam:AttachGroupPolicy', 'attach any policy to a group'),
  single('iam:PutRolePolicy', 'write any policy into a role'),
  single('iam:PutUserPolicy', 'write any policy into a user'),
  single('iam:PutGroupPolicy', 'write any policy into a group'),
  single('iam:AddUserToGroup', 'put a user into a group with more permissions'),
  single('iam:CreateAccessKey', 'make keys of another user'),
  single('iam:CreateLoginProfile', 'set a password for another user'),
  single('iam:UpdateLoginProfile', 'change the password of another user'),
  single('iam:UpdateAssumeRolePolicy', 'make itself trusted by another role'),
  single('lambda:UpdateFunctionCode', 'run code as the role of another function'),
  single('lambda:UpdateFunctionConfiguration', 'put a layer into another function and run as its role'),
  single('glue:UpdateDevEndpoint', 'log in to a development endpoint and act as its role'),
  single('ssm:SendCommand', 'run commands on instances and act as their roles'),
  single('ssm:StartSession', 'log in to instances and act as their roles'),
  single('codebuild:StartBuild', 'run commands as the role of a build'),
  single('codebuild:StartBuildBatch', 'run commands as the role of a build'),
  single('cloudformation:UpdateStack', 'change a stack and act as its role'),
  single('apprunner:UpdateService', 'run an image as the role of a service'),
  single('sagemaker:CreatePresignedNotebookInstanceUrl', 'open a notebook and act as its role'),
  single('bedrock-agentcore:InvokeAgentRuntimeCommand', 'run commands as the role of an agent'),
  path(['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'], 'change a stack and act as its role'),
  path(['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], 'run a script on an instance'),
  path(['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'], 'log in to an instance and act as its role'),
  path(['ecs:ExecuteCommand', 'ecs:DescribeTasks'], 'run commands in a container and act as its role'),
  passing('lambda.amazonaws.com', ['lambda:CreateFunction', 'lambda:InvokeFunction'], 'make a function and call it'),
  passing(
    'lambda.amazonaws.com',
    ['lambda:CreateFunction', 'lambda:AddPermission'],
    'make a function and have it called',
  ),
  passing(
    'lambda.amazonaws.com',
    ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    'make a function and feed it events',
  ),
  passing('ec2.amazonaws.com', ['ec2:RunInstances'], 'start an instance'),
  passing('ec2.amazonaws.com', ['ec2:RequestSpotInstances'], 'start an instance'),
  passing('cloudformation.amazonaws.com', ['cloudformation:CreateStack'], 'make a stack'),
  passing('cloudformation.amazonaws.com', ['cloudformation:UpdateStackSet'], 'change a stack set'),
  passing(
    'cloudformation.amazonaws.com',
    ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    'make a stack set',
  ),
  passing('codebuild.amazonaws.com', ['codebuild:CreateProject', 'codebuild:StartBuild'], 'run a build'),
  passing('ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:RunTask'], 'run a container'),
  passing('ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:StartTask'], 'run a container'),
  passing('ecs-tasks.amazonaws.com', ['ecs:RegisterTaskDefinition', 'ecs:CreateService'], 'run a container'),
  passing('glue.amazonaws.com', ['glue:CreateDevEndpoint'], 'make a development endpoint'),
  passing('glue.amazonaws.com', ['glue:CreateJob', 'glue:StartJobRun'], 'run a job'),
  passing('glue.amazonaws.com', ['glue:UpdateJob', 'glue:StartJobRun'], 'run a job'),
  passing('sagemaker.amazonaws.com', ['sagemaker:CreateNotebookInstance'], 'make a notebook'),
  passing('sagemaker.amazonaws.com', ['sagemaker:CreateTrainingJob'], 'run a training job'),
  passing('sagemaker.amazonaws.com', ['sagemaker:CreateProcessingJob'], 'run a processing job'),
  passing('apprunner.amazonaws.com', ['apprunner:CreateService'], 'run an image'),
];

function path(actions: readonly string[], how: string): EscalationPath {
  return {actions, how};
}

function single(action: string, how: string): EscalationPath {
  return {actions: [action], how};
}

function passing(passedTo: string, actions: readonly string[], how: string): EscalationPath {
  return {actions: ['iam:PassRole', ...actions], how: `${how}, acting as another role`, passedTo};
}
