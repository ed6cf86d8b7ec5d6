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
TABLE_ROW = re.compile(r"^\| *`([\w-]+)` *\| *(\w+) *\| *(`.+?`) *\| *`(.+?)` *\|", re.MULTILINE)


def statements() -> list[tuple[str, str, list[str], str]]:
    """Role, statement, actions and resource, in the template's order; the file is read as it is written."""
    return [
        (role, sid, re.findall(r"- (\S+)", actions), resource_name(resource))
        for role, policy in ROLE.findall(TEMPLATE)
        for sid, actions, resource in STATEMENT.findall(policy)
    ]


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

    def test_each_log_group_forgets(self) -> None:
        self.assertEqual(TEMPLATE.count("RetentionInDays: "), TEMPLATE.count("Type: AWS::Logs::LogGroup\n"))

    def test_each_queue_is_encrypted_and_refuses_plain_http(self) -> None:
        queues = TEMPLATE.count("Type: AWS::SQS::Queue\n")
        self.assertEqual(TEMPLATE.count("SqsManagedSseEnabled: true"), queues)
        self.assertEqual(TEMPLATE.count('Principal: "*"\n            Action: sqs:*\n'), queues)

    def test_the_queue_hides_a_message_for_six_timeouts_and_gives_up_after_five_receives_or_more(self) -> None:
        def number(name: str) -> int:
            return int(re.findall(rf"^ +{name}: (\d+)$", TEMPLATE, re.MULTILINE)[0])

        self.assertGreaterEqual(number("VisibilityTimeout"), 6 * number("Timeout"))
        self.assertGreaterEqual(number("maxReceiveCount"), 5)
        self.assertIn("- ReportBatchItemFailures", TEMPLATE)
