def handler(event, context):
    import json
    import pandas as pd

    return json.dumps(pd.DataFrame(event))
