"""Settings, one module per environment: `development`, `production` and `test` each start from `base`.

`environment` reads what comes from outside. docs/operations.md lists every variable.
"""
