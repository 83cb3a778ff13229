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
    struct FaultTests {
        private func stations(_ count: Int, _ room: TeamRoom, _ server: SimulatedServer) async throws
            -> [Station]
        {
            let account = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin))
            var stations: [Station] = []
            for number in 0..<count {
                stations.append(
                    try Station(
                        room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                        secret: TeamRoom.tokens.admin, account: account, place: number))
            }
            for station in stations {
                await station.standing.wait(TeamState.isJoined)
                _ = try await station.adapter.check()
            }
            return stations
        }

        @Test
        func
            `a database that is killed leaves every screen polling by itself, spread in time, and they join again`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let stations = try await stations(30, room, server)
            for station in stations { try await station.refresh(.alert) }
            room.postgres.kill()
            for station in stations { await station.standing.wait(TeamState.isAlone) }
            let before = stations.map { $0.counter.reads.count }
            // All at once, as after an answer that all had at once.
            try await withThrowingTaskGroup(of: Int.self) { group in
                for station in stations {
                    group.addTask { try await station.refresh(.alert, within: 4).table.count }
                }
                for try await count in group { #expect(count > 0) }
            }
            let moments = zip(stations, before).flatMap { $0.counter.reads.dropFirst($1).map(\.at) }.sorted()
            #expect(moments.count == stations.count)
            var most = 0
            for (place, moment) in moments.enumerated() {
                most = max(most, moments[place...].prefix { $0 - moment < .milliseconds(200) }.count)
            }
            print("alone: \(moments.count) requests over two seconds, at most \(most) within 200 ms")
            #expect(most <= 15)
            try room.postgres.start()
            for station in stations { await station.standing.wait(TeamState.isJoined) }
            let later = stations.reduce(0) { $0 + $1.counter.reads.count }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for station in stations { group.addTask { try await station.refresh(.alert) } }
                try await group.waitForAll()
            }
            #expect(stations.reduce(0) { $0 + $1.counter.reads.count } - later <= 2)
            await server.stop()
        }

        @Test func `who waits for another's fetch when the database dies reads by itself at once`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let stations = try await stations(2, room, server)
            server.setFaults([Fault(.hang, at: "/api/v0/alerts", method: "GET")])
            server.forgetArrivals()
            let first = Task { try? await stations[0].refresh(.alert, within: 2) }
            while !server.arrivals().contains(where: { $0.path == "/api/v0/alerts" }) { await Task.yield() }
            async let second = stations[1].refresh(.alert, within: 2)
            while stations[1].store.waiting == 0 { await Task.yield() }
            server.setFaults([])
            let began = ContinuousClock.now
            room.postgres.kill()
            #expect(try await second.table.count > 0)
            #expect(ContinuousClock.now - began < .seconds(3))
            first.cancel()
            _ = await first.value
            await server.stop()
        }

        @Test func `a database that hangs holds up no screen for long, and is joined again when it answers`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let station = try await stations(1, room, server)[0]
            try await station.refresh(.alert)
            station.standing.forget()
            try room.postgres.hang("noc", true)
            let began = ContinuousClock.now
            #expect(try await station.refresh(.alert, within: 2).table.count > 0)
            let took = ContinuousClock.now - began
            await station.standing.waitPassing(TeamState.isAlone)
            try room.postgres.hang("noc", false)
            print("a database that hangs: rows after \(took)")
            #expect(took < .seconds(8))
            await station.standing.wait(TeamState.isJoined)
            await server.stop()
        }

        @Test
        func `a database that may not be written, or has no tables, leaves a screen alone and says why`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let station = try await stations(1, room, server)[0]
            station.standing.forget()
            try room.postgres.sql("REVOKE INSERT ON nocturne.answers FROM nocturne_screens")
            #expect(try await station.refresh(.alert).table.count > 0)
            await station.standing.waitPassing(TeamState.isAlone)
            try room.postgres.sql("GRANT INSERT ON nocturne.answers TO nocturne_screens")
            await station.standing.wait(TeamState.isJoined)
            try room.postgres.sql("DROP SCHEMA nocturne CASCADE")
            #expect(try await station.refresh(.alert).table.count > 0)
            await station.standing.wait(TeamState.isAlone)
            guard case .alone(let words) = station.standing.state else { return }
            #expect(words.contains("nocturne team init"))
            await server.stop()
        }

        @Test func `an account for wallboards reads what is shared and writes nothing`() async throws {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let screen = try await stations(1, room, server)[0]
            let wall = try Station(
                room.postgres.url(as: "wall"), server, LibreNMS.descriptor, room.curl,
                secret: TeamRoom.tokens.admin)
            await wall.standing.wait(TeamState.isJoined)
            #expect(wall.standing.state == .joined(shares: false))
            _ = try await wall.adapter.check()
            try await screen.refresh(.alert)
            let before = wall.counter.reads.count
            #expect(try await wall.refresh(.alert).table.count > 0)
            #expect(wall.counter.reads.count == before)
            // Nobody else refreshes this one: it does not wait for long.
            let began = ContinuousClock.now
            #expect(try await wall.refresh(.device).table.count > 0)
            #expect(ContinuousClock.now - began < .seconds(10))
            #expect(
                try room.postgres.sql("SELECT count(*) FROM nocturne.answers WHERE list = 'device'") == "0\n")
            for statement in ["DELETE FROM nocturne.answers", "UPDATE nocturne.screens SET name = ''"] {
                #expect(throws: (any Error).self) {
                    try room.postgres.sql("SET ROLE wall; \(statement)")
                }
            }
            await server.stop()
        }

        @Test func `answers go when their time is over, and a large one is not stored`() async throws {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let station = try await stations(1, room, server)[0]
            try await station.refresh(.alert)
            let link = try TeamLink.connect(
                TeamSettings(url: room.postgres.url(as: "noc")).parameters(
                    name: "nocturne test", patience: 5), within: 5)
            try TeamAnswers.tidy(link)
            #expect(try room.postgres.sql("SELECT count(*) > 0 FROM nocturne.answers") == "t\n")
            try room.postgres.sql("UPDATE nocturne.answers SET expires_at = now() - interval '1 s'")
            try TeamAnswers.tidy(link)
            #expect(try room.postgres.sql("SELECT count(*) FROM nocturne.answers") == "0\n")
            try await station.refresh(.alert)
            try room.postgres.sql("UPDATE nocturne.answers SET bytes = 3::bigint << 30")
            try TeamAnswers.tidy(link)
            #expect(try room.postgres.sql("SELECT count(*) FROM nocturne.answers") == "0\n")
            await server.stop()
        }

        @Test func `TLS is verified unless the address says otherwise or is this machine`() {
            func mode(_ url: String) -> String? {
                TeamSettings(url: url).parameters(name: "", patience: 5).first { $0.0 == "sslmode" }?.1
            }
            for far in [
                "postgresql://noc@db.example.net/n", "postgresql://noc@localhost,db/n",
                "postgresql://noc@10.0.0.1:5/n",
                "postgresql://noc@/n?host=db.example.net", "postgresql:///n?service=x",
                "postgresql://noc@localhost/n?hostaddr=10.0.0.1", "postgresql://127.0.0.1.example.net/n",
            ] { #expect(mode(far) == "verify-full", "\(far)") }
            for near in [
                "postgresql://noc@localhost/n", "postgresql://noc@127.0.0.1:5433/n", "postgresql://[::1]/n",
                "postgresql:///n", "postgresql://%2Frun%2Fpostgresql/n",
                "postgresql:///n?host=/run/postgresql",
            ] { #expect(mode(near) == nil, "\(near)") }
            // What stands in the address comes behind it, and so holds.
            let names = TeamSettings(url: "postgresql://db/n?sslmode=require", password: Secret("p"))
                .parameters(name: "", patience: 5).map(\.0)
            #expect(names.firstIndex(of: "sslmode") ?? 99 < names.firstIndex(of: "dbname") ?? 0)
        }
    }
}
