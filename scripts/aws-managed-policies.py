"""
Compiles the managed policies of AWS, as the Python package moto holds them (Apache-2.0), into
data/aws-managed-policies.json: the statements of the default version, without those of service-linked roles.
Run it with a newer moto: python3 scripts/aws-managed-policies.py
"""
import json
import pathlib

import moto
from moto.iam.aws_managed_policies import aws_managed_policies_data

known = aws_managed_policies_data
if isinstance(known, str):
    known = json.loads(known)


def statements(document):
    listed = document["Statement"]
    listed = listed if isinstance(listed, list) else [listed]
    return [{key: value for key, value in statement.items() if key != "Sid"} for statement in listed]


policies = {
    policy["Path"].removeprefix("/") + name: statements(policy["Document"])
    for name, policy in sorted(known.items())
    if not policy["Path"].startswith("/aws-service-role/")
}
header = {
    "asOf": max(policy.get("UpdateDate", policy["CreateDate"]) for policy in known.values())[:10],
    "source": f"The managed policies of AWS as moto {moto.__version__} (Apache-2.0) holds them, without Sids and without those of service-linked roles",
}
lines = [f"{json.dumps(name)}: {json.dumps(body, separators=(',', ':'))}" for name, body in policies.items()]
text = json.dumps(header, indent=0)[:-2] + ',\n"policies": {\n' + ",\n".join(lines) + "\n}}\n"
json.loads(text)
target = pathlib.Path(__file__).parent.parent / "data" / "aws-managed-policies.json"
target.write_text(text)
print(f"{len(policies)} policies, as of {header['asOf']}")
