import os

import psycopg2

kept = {}


def handler(event, context):
    return connect().cursor().execute("select 1")


def connect():
    connection = psycopg2.connect(host=os.environ["HOST"])
    kept["orders"] = connection
    return connection
