import os

import psycopg2


def handler(event, context):
    with psycopg2.connect(host=os.environ["HOST"]) as orders:
        return orders.cursor().execute("select 1")
