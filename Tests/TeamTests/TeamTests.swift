import RealServer
import Testing

/// One after another: each has a database and many screens, and measures how long something takes.
@Suite(
    .serialized,
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
enum TeamTests {}
