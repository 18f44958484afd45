"""What is remembered: schema, migrations and one module per subject; decides nothing."""
