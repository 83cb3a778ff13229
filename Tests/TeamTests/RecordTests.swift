import Audit
import Domain
import Foundation
import RealServer
import Testing

@testable import Team

extension TeamTests {
    struct RecordTests {
        private static func lines(_ room: TeamRoom, _ part: String = "%") throws -> Int {
            let count = try room.postgres.sql(
                "SELECT count(*) FROM nocturne.record WHERE part LIKE '\(part)'")
            return Int(count.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
        }

        @Test
        func
            `a guard sees what a colleague did to the same bond under another name of the server, and undoes no other's`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Desk(room.postgres.url(as: "noc"))
            let ben = try Desk(
                room.postgres.url(as: "noc"), user: "ben", host: "noc2", named: "bonding core")
            let elsewhere = try Desk(
                room.postgres.url(as: "noc"), user: "cem", host: "noc3",
                server: "bonding https://other.example.net:443/api")
            #expect(try await ben.prepare().repeats == [])
            _ = try await ana.prepare()
            #expect(await ana.restart().map(\.state) == [.verified])
            #expect(await ana.ledger.settle(within: 5))
            let seen = try await ben.prepare(2)
            #expect(seen.repeats.count == 1)
            #expect(seen.repeats.first?.hasSuffix("ago by ana@noc1, verified") == true)
            #expect(seen.lastDone?.hasSuffix("ago by ana@noc1, verified") == true)
            // The same name and the same id, of another server.
            #expect(try await elsewhere.prepare().repeats == [])
            // What was done between the question and the answer stops it.
            let outcomes = await ben.restart(1)
            #expect(outcomes.map(\.state) == [.failed])
            #expect(outcomes.first?.words.contains("nothing was sent") == true)
            for desk in [ana, ben, elsewhere] { desk.ledger.close() }
        }

        @Test func `a team gets what was done to its own servers, whatever else the log has`() async throws {
            let room = try TeamRoom()
            // Nobody is there: the commands are in the log alone, with their server and without.
            let ana = try Desk("postgresql://nobody@127.0.0.1:1/none")
            ana.ledger.close()
            _ = try await ana.prepare()
            #expect(await ana.restart().map(\.state) == [.verified])
            try ana.write(2)
            let other = try Desk(
                room.postgres.url(as: "noc"), named: "other", server: "bonding https://b.example.net:443/api",
                after: ana.directory)
            #expect(await other.ledger.settle(within: 10))
            #expect(try Self.lines(room) == 0)
            // How far the one went is nothing to the other.
            let again = try Desk(room.postgres.url(as: "noc"), after: ana.directory)
            #expect(await again.ledger.settle(within: 10))
            #expect(try Self.lines(room, "command") == 3)
            #expect(try Self.lines(room) == 6)
            for desk in [other, again] { desk.ledger.close() }
        }

        @Test func `names of files tell stores apart, and not who asks them`() {
            func name(_ url: String) -> String { TeamSettings(url: url).digest }
            let one = name("postgresql://ana@db.example.net:5432/noc")
            #expect(one == name("postgres://ben:s3cret@db.example.net:5432/noc?sslmode=require&password=x"))
            for other in [
                "postgresql://ana@db.example.net:5432/noc2", "postgresql://ana@db2.example.net:5432/noc",
                "postgresql://ana@db.example.net:5432/noc?host=/run/a",
                "postgresql://ana@db.example.net:5432",
            ] { #expect(name(other) != one, "\(other)") }
            #expect(name("postgresql://ana@db") != name("postgresql://ben@db"))
            #expect(name("postgresql:///noc?service=a") != name("postgresql:///noc?service=b"))
        }

        @Test
        func
            `what is recorded while PostgreSQL is away decides at once by the local log, says so, and is there once later`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Desk(room.postgres.url(as: "noc"))
            _ = try await ana.prepare()
            #expect(await ana.ledger.settle(within: 5))
            room.postgres.kill()
            while await ana.ledger.settle(within: 1) {}
            let began = ContinuousClock.now
            let prepared = try await ana.prepare(2)
            #expect(prepared.lastDone?.contains("the team's record was not read") == true)
            #expect(await ana.restart(2).map(\.state) == [.verified])
            #expect(ContinuousClock.now - began < .seconds(4))
            // Its process ends before anything is delivered.
            ana.ledger.close()
            try room.postgres.start()
            let next = try Desk(room.postgres.url(as: "noc"), after: ana.directory)
            #expect(await next.ledger.settle(within: 10))
            #expect(try Self.lines(room, "command") == 1)
            #expect(try Self.lines(room) == 2)
            // Another one begins where the last one ended, and even from the beginning nothing is there twice.
            next.ledger.close()
            try FileManager.default.removeItem(
                at: URL(filePath: ana.ledger.placeFile))
            let last = try Desk(room.postgres.url(as: "noc"), after: ana.directory)
            #expect(await last.ledger.settle(within: 10))
            #expect(try Self.lines(room) == 2)
            #expect(try await last.prepare().repeats.count == 1)
            last.ledger.close()
        }

        @Test
        func `a process that is killed while it delivers leaves a log that the next one delivers whole`()
            async throws
        {
            let room = try TeamRoom()
            // Nobody is there: the commands are in the log alone.
            let ana = try Desk("postgresql://nobody@127.0.0.1:1/none")
            ana.ledger.close()
            try ana.write(1_500)
            let killed = try Fetcher(
                delivering: ana.audit.path, from: ana.directory.path, to: room.postgres.url(as: "noc"))
            while try Self.lines(room) < 100 {}
            killed.kill()
            let before = try Self.lines(room)
            #expect(before < 3_000)
            let next = try Desk(room.postgres.url(as: "noc"), after: ana.directory)
            let began = ContinuousClock.now
            #expect(await next.ledger.settle(within: 60))
            print("killed after \(before) of 3000 lines, the rest in \(ContinuousClock.now - began)")
            #expect(try Self.lines(room, "command") == 1_500)
            #expect(try Self.lines(room, "result%") == 1_500)
            next.ledger.close()
        }

        @Test
        func
            `nobody but the owner changes or removes a line, a wallboard adds none, and a secret of a form is not in it`()
            async throws
        {
            let room = try TeamRoom()
            let ana = try Desk(room.postgres.url(as: "noc"))
            _ = try await ana.prepare()
            _ = await ana.restart()
            #expect(await ana.ledger.settle(within: 5))
            let dump = try room.postgres.dump()
            #expect(dump.contains("restart-bond"))
            #expect(!dump.contains(Desk.secret))
            for statement in [
                "UPDATE nocturne.record SET line = ''", "DELETE FROM nocturne.record",
                "INSERT INTO nocturne.record (id, part, stored_at, happened_at, server, command, targets, "
                    + "owner, host, line) VALUES ('x', 'command', now() - interval '2 years', now(), '', '', '{}', "
                    + "'', '', '')",
                "TRUNCATE nocturne.record",
            ] {
                #expect(throws: (any Error).self, "\(statement)") {
                    try room.postgres.sql("SET ROLE noc; \(statement)")
                }
            }
            let wall = try Desk(room.postgres.url(as: "wall"), user: "wall", host: "noc9")
            try wall.write(1)
            #expect(await wall.ledger.settle(within: 2) == false)
            #expect(try await wall.prepare().repeats.count == 1)
            #expect(try Self.lines(room, "command") == 1)
            // What is old goes, and what is not stays.
            try room.postgres.sql(
                "UPDATE nocturne.record SET stored_at = now() - interval '399 days', happened_at = '2020-01-01'"
            )
            try room.postgres.sql("SET ROLE noc; SELECT nocturne.tidy_ledger()")
            #expect(try Self.lines(room) == 2)
            try room.postgres.sql("UPDATE nocturne.record SET stored_at = now() - interval '401 days'")
            try room.postgres.sql("SET ROLE noc; SELECT nocturne.tidy_ledger()")
            #expect(try Self.lines(room) == 0)
            for desk in [ana, wall] { desk.ledger.close() }
        }

        @Test
        func `tables of the first version are brought up to date, and until then say that they must be`()
            async throws
        {
            let room = try TeamRoom()
            try room.postgres.sql(
                """
                DELETE FROM nocturne.versions WHERE version > 1;
                DO $$ DECLARE r record; BEGIN
                    FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'nocturne'
                        AND tablename NOT IN ('team', 'answers', 'screens', 'versions')
                    LOOP EXECUTE format('DROP TABLE nocturne.%I CASCADE', r.tablename); END LOOP;
                    FOR r IN SELECT oid::regprocedure AS name FROM pg_proc
                        WHERE pronamespace = 'nocturne'::regnamespace
                    LOOP EXECUTE 'DROP FUNCTION ' || r.name; END LOOP;
                END $$
                """)
            let ana = try Desk(room.postgres.url(as: "noc"))
            try ana.write(1)
            #expect(await ana.ledger.settle(within: 5) == false)
            #expect(try await ana.prepare().lastDone?.contains("nocturne team migrate") == true)
            let store = try TeamAdministration(TeamSettings(url: room.postgres.url(as: "postgres")))
            let (before, now) = try store.migrate()
            #expect((before, now) == (1, TeamSchema.current))
            // The log is delivered though the tables were not there when it was written.
            while await ana.ledger.settle(within: 10) == false {}
            #expect(try Self.lines(room, "command") == 1)
            // Such a line does not say its server, as those of an earlier version do not: its own screen did.
            let ben = try Desk(room.postgres.url(as: "noc"), user: "ben", host: "noc2", named: "core")
            #expect(try await ben.prepare().repeats.count == 1)
            for desk in [ana, ben] { desk.ledger.close() }
        }

        @Test func `the record survives a crash of PostgreSQL, where answers do not`() async throws {
            let room = try TeamRoom()
            let ana = try Desk(room.postgres.url(as: "noc"))
            try ana.write(3)
            #expect(await ana.ledger.settle(within: 5))
            room.postgres.kill()
            try room.postgres.start()
            #expect(try Self.lines(room) == 6)
            ana.ledger.close()
        }

        @Test func `the log is read from its place, and no further than it is whole`() throws {
            let directory = FileManager.default.temporaryDirectory.appending(path: "box-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: directory) }
            let log = directory.appending(path: "log").path
            let place = directory.appending(path: "place").path
            func line(_ id: String) -> String {
                #"{"record":"command","id":"\#(id)","time":"2026-11-21T03:14:22Z","command":"x","user":"ana"}"#
            }
            try (line("a") + "\nno record\n" + line("b")).write(
                toFile: log, atomically: false, encoding: .utf8)
            var box = RecordOutbox(log: log, placeFile: place)
            box.open(team: "t")
            let (first, end) = box.next()
            #expect(first.map(\.id) == ["a"])
            #expect(first.first?.time == 1_795_230_862)
            let isMoved = box.keep(end)
            #expect(isMoved)
            #expect(box.isBehind)
            let none = box.next().lines
            #expect(none.isEmpty)
            let file = try #require(FileHandle(forWritingAtPath: log))
            try file.seekToEnd()
            try file.write(contentsOf: Data(("\n" + line("c") + "\n").utf8))
            // Another process of the same operator goes on.
            var next = RecordOutbox(log: log, placeFile: place)
            next.open(team: "t")
            let rest = next.next().lines
            #expect(rest.map(\.id) == ["b", "c"])
            var other = RecordOutbox(log: log, placeFile: place)
            other.open(team: "another")
            let all = other.next(bytes: 40).lines
            #expect(all.map(\.id) == ["a"])
            // A log that was begun again.
            try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
            try (line("d") + "\n").write(toFile: log, atomically: false, encoding: .utf8)
            let new = next.next().lines
            #expect(new.map(\.id) == ["d"])
        }
    }
}
