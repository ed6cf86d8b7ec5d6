import re
import unittest
from pathlib import Path

FOLDER = Path(__file__).parent.parent
TEMPLATE = (FOLDER / "template.yaml").read_text()

ROLE = re.compile(r"^ +- PolicyName: ([\w-]+)\n(.*?)(?=^  \w)", re.MULTILINE | re.DOTALL)
STATEMENT = re.compile(r"- Sid: (\w+)\n +Effect: Allow\n +Action:\n((?: +- \S+\n)+) +Resource: (.+)\n")
FUNCTION = re.compile(
    r"Entry: (?P<entry>\S+)\n.*?Code: \./dist/(?P<name>[\w-]+)\n +Handler: (?P<handler>\S+)\n.*?"
    r"Role: !GetAtt (?P<role>\w+)\.Arn\n",
    re.DOTALL,
)
RESOURCE = re.compile(r"^  (\w+):\n    Type: (\S+)\n(.*?)(?=^ {0,2}\w|\Z)", re.MULTILINE | re.DOTALL)
TABLE_ROW = re.compile(r"^\| *`([\w-]+)` *\| *(\w+) *\| *(`.+?`) *\| *`(.+?)` *\|", re.MULTILINE)


def statements() -> list[tuple[str, str, list[str], str]]:
    """Role, statement, actions and resource, in the template's order; the file is read as it is written."""
    return [
        (role, sid, re.findall(r"- (\S+)", actions), resource_name(resource))
        for role, policy in ROLE.findall(TEMPLATE)
        for sid, actions, resource in STATEMENT.findall(policy)
    ]


def of_type(wanted: str) -> list[tuple[str, str]]:
    """The resources of a type, each with its lines."""
    return [(name, lines) for name, type_, lines in RESOURCE.findall(TEMPLATE) if type_ == wanted]


def resource_name(resource: str) -> str:
    return re.sub(r"^!(?:GetAtt|Ref|Sub) |\$\{(\w+)\.Arn\}", r"\1", resource).removesuffix(".Arn").strip('"')


class Template(unittest.TestCase):
    """The promises of this service's template, so that a change which breaks one is seen before it is deployed."""

    def test_each_function_has_a_role_of_its_own_and_an_entry_point_that_its_handler_names(self) -> None:
        functions = [match.groupdict() for match in FUNCTION.finditer(TEMPLATE)]
        self.assertEqual(len(functions), TEMPLATE.count("Type: AWS::Lambda::Function\n"))
        self.assertEqual(len({function["role"] for function in functions}), len(functions))
        for function in functions:
            module = function["handler"].rpartition(".")[0].replace(".", "/")
            self.assertEqual(function["entry"], f"src/{module}.py")
            self.assertTrue((FOLDER / function["entry"]).exists())

    def test_each_role_names_its_actions_and_resources(self) -> None:
        self.assertEqual(len(statements()), TEMPLATE.count("Effect: Allow\n                Action:"))
        for role, sid, actions, resource in statements():
            with self.subTest(role, sid=sid):
                self.assertEqual([action for action in actions if "*" in action], [])
                # X-Ray and network interfaces have no resources that could be named.
                if not all(re.match("(xray|ec2):", action) for action in actions):
                    self.assertNotEqual(resource, "*")

    def test_each_role_stands_in_the_readme_with_what_it_may_do_and_nothing_else(self) -> None:
        table = [
            (role, sid, [action.strip(" `") for action in actions.split(",")], resource)
            for role, sid, actions, resource in TABLE_ROW.findall((FOLDER / "README.md").read_text())
        ]
        self.assertEqual(table, statements())

    def test_each_queue_is_encrypted_and_gives_up_on_a_message_after_five_receives_or_more(self) -> None:
        polled = re.findall(r"EventSourceArn: !GetAtt (\w+)\.Arn\n", TEMPLATE)
        for name, queue in of_type("AWS::SQS::Queue"):
            with self.subTest(name):
                self.assertIn("SqsManagedSseEnabled: true", queue)
                receives = [int(count) for count in re.findall(r"maxReceiveCount: (\d+)", queue)]
                # A queue that gives up on nothing is the end of the road: nobody polls it.
                self.assertEqual(len(receives), 1 if name in polled else len(receives))
                self.assertGreaterEqual(min(receives, default=5), 5)

    def test_each_stream_is_read_with_an_end_to_the_retries_and_splits_a_batch_that_fails(self) -> None:
        for name, mapping in of_type("AWS::Lambda::EventSourceMapping"):
            if not re.search(r"EventSourceArn: .+\.StreamArn\n", mapping):
                continue
            for setting in (r"MaximumRetryAttempts: [1-9]", "BisectBatchOnFunctionError: true", "OnFailure:"):
                with self.subTest(name, setting=setting):
                    self.assertRegex(mapping, setting)

    def test_payloads_are_sealed_and_opened_under_the_context_of_this_service_alone(self) -> None:
        context = "\n".join(
            [
                "                Resource: !GetAtt PayloadKey.Arn",
                "                Condition:",
                "                  StringEquals:",
                "                    kms:EncryptionContext:service: gear-service-name",
            ]
        )
        keyed = [action for _, _, (action, *_), _ in statements() if action.startswith("kms:")]
        self.assertEqual(keyed, ["kms:Encrypt", "kms:Decrypt"])
        for action in keyed:
            self.assertIn(f"- {action}\n{context}", TEMPLATE)
