import json


def handler(event, context):
    if event["format"] == "table":
        import pandas

        return pandas.DataFrame(event)
    return json.dumps(event)
