import AdapterKit
import Domain
import Foundation
import HTTP
import LibreNMSAdapter
import RealServer
import Simulator
import Testing

@testable import Team

extension TeamTests {
    /// Databases that fail in other ways than by dying.
    struct DatabaseTests {
        /// Of all screens: its identity takes its time to find.
        private let account = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin))

        private func station(_ url: String, _ room: TeamRoom, _ server: SimulatedServer) async throws
            -> Station
        {
            let one = try Station(
                url, server, LibreNMS.descriptor, room.curl, secret: TeamRoom.tokens.admin,
                account: account)
            await one.standing.wait(TeamState.isJoined)
            _ = try await one.adapter.check()
            return one
        }

        @Test func `a database that becomes read-only leaves every screen polling by itself, spread in time`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            var stations: [Station] = []
            for _ in 0..<20 { stations.append(try await station(room.postgres.url(as: "noc"), room, server)) }
            for one in stations { try await one.refresh(.alert) }
            try room.postgres.sql("ALTER SYSTEM SET default_transaction_read_only = on")
            try room.postgres.sql("SELECT pg_reload_conf()")
            // Who stores the next answer notices; until then all take what is there.
            try await stations[0].refresh(.device)
            await stations[0].standing.wait { $0 == .joined(shares: false) }
            let before = stations.map { $0.counter.reads.count }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for station in stations {
                    group.addTask { try await station.refresh(.alert, within: 4).table.count }
                }
                for try await count in group { #expect(count > 0) }
            }
            let moments = zip(stations, before).flatMap { $0.counter.reads.dropFirst($1).map(\.at) }.sorted()
            var most = 0
            for (place, moment) in moments.enumerated() {
                most = max(most, moments[place...].prefix { $0 - moment < .milliseconds(100) }.count)
            }
            print("read-only: \(moments.count) requests, at most \(most) within 100 ms")
            #expect(most <= 10)
            await server.stop()
        }

        @Test
        func
            `a database whose disk is full leaves a screen alone in words, and is joined when there is room`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let one = try await station(room.postgres.url(as: "noc"), room, server)
            guard try room.postgres.shrink("nocturne.answers", to: 1) else {
                print("no file system may be mounted here: a full disk is not tested")
                return
            }
            // Most of it is taken by something else.
            try room.postgres.sql(
                """
                INSERT INTO nocturne.answers SELECT 'other', 0, '', '', '', '', now(), now(), now() + interval '1 h',
                    '', 200, '', 1, (SELECT string_agg(sha256(i::text::bytea), '') FROM generate_series(1, 20000) AS i)
                """)
            // Answers that differ are kept beside each other until the database sweeps.
            var rounds = 0
            while !TeamState.isAlone(one.standing.state) {
                #expect(try await one.refresh(.port).table.count > 0)
                rounds += 1
                try #require(rounds < 300)
            }
            if case .alone(let words) = one.standing.state { #expect(words.contains("full")) }
            #expect(try await one.refresh(.port).table.count > 0)
            room.postgres.enlarge(to: 512)
            await one.standing.wait(TeamState.isJoined)
            let before = one.store.tally.fetched
            while one.store.tally.fetched == before { try await one.refresh(.port) }
            await server.stop()
        }

        @Test func `a database that fails over to another is found there, and answers are shared again`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let second = try Postgres(following: room.postgres)
            let url =
                "postgresql://noc@127.0.0.1:\(room.postgres.port),127.0.0.1:\(second.port)/postgres"
                + "?target_session_attrs=read-write"
            let a = try await station(url, room, server)
            let b = try await station(url, room, server)
            for one in [a, b] { try await one.refresh(.alert) }
            #expect(b.store.tally.taken > 0)
            room.postgres.kill()
            for one in [a, b] { await one.standing.wait(TeamState.isAlone) }
            for one in [a, b] { #expect(try await one.refresh(.alert, within: 4).table.count > 0) }
            try second.promote()
            for one in [a, b] { await one.standing.wait { $0 == .joined(shares: true) } }
            let before = (a.store.tally.taken + b.store.tally.taken)
            for one in [a, b] { try await one.refresh(.alert) }
            #expect(a.store.tally.taken + b.store.tally.taken > before)
            await server.stop()
        }

        @Test func `times that no screen would write are refused, or end no process that reads them`() throws
        {
            let room = try TeamRoom()
            func claim(_ id: String, _ made: String, _ ends: String) throws {
                try room.postgres.sql(
                    """
                    SET ROLE noc; INSERT INTO nocturne.claims (id, server, kind, entity, name, owner, host, note,
                        made_at, ends_at) VALUES ('\(id)', '', 'alert', '1', '', 'ana', 'host', '', \(made), \(ends))
                    """)
            }
            try claim("old", "'4000-01-01 BC'", "'200000-01-01'")
            for (made, ends) in [
                ("'-infinity'", "NULL"), ("now()", "'infinity'"), ("now() + interval '1 d'", "NULL"),
            ] {
                #expect(throws: (any Error).self) { try claim("new", made, ends) }
            }
            let link = try TeamLink.connect(
                TeamSettings(url: room.postgres.url(as: "noc")).parameters(
                    name: "nocturne test", patience: 5),
                within: 5)
            #expect(try ClaimTable.read(link, now: 0).map(\.id) == ["old"])
            let odd = try link.run("SELECT 'NaN'::float8, 'infinity'::float8, 1e300::float8, -1e300::float8")
            #expect(odd.first?.number(0) == nil && odd.first?.number(1) == nil)
            #expect(odd.first?.number(2) == 3.2e9 && odd.first?.number(3) == -3.2e9)
        }

        @Test func `tables of a newer nocturne keep their rights, and a database without UTF-8 is refused`()
            throws
        {
            let room = try TeamRoom()
            func words(_ work: () throws -> Void) -> String {
                do { try work() } catch { return (error as? TeamError)?.words ?? "\(error)" }
                return ""
            }
            let rights = "SELECT has_table_privilege('noc', 'nocturne.answers', 'INSERT')"
            try room.postgres.sql(
                "INSERT INTO nocturne.versions (version, oldest_program) VALUES (\(TeamSchema.current + 1), 1)"
            )
            let admin = try TeamAdministration(TeamSettings(url: room.postgres.url(as: "postgres")))
            #expect(words { _ = try admin.migrate() }.contains("update nocturne here"))
            #expect(try room.postgres.sql(rights) == "t\n")
            try room.postgres.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
            let latin = "postgresql://postgres@127.0.0.1:\(room.postgres.port)/latin"
            let other = try TeamAdministration(TeamSettings(url: latin))
            #expect(words { _ = try other.migrate() }.contains("ENCODING 'UTF8'"))
        }
    }
}
