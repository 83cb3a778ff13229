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
    struct SharingTests {
        @Test func `sixty screens ask a server as often as one does, and are never two seconds behind`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let lone = try Station(
                "postgresql://nobody@127.0.0.1:1/none", server, LibreNMS.descriptor, room.curl,
                secret: TeamRoom.tokens.admin)
            _ = try await lone.adapter.check()
            let kinds: [ResourceKind] = [.alert, .device]
            let rounds = 4
            // What nobody but one would ask, round after round.
            let before = lone.counter.reads.count
            for _ in 0..<rounds { for kind in kinds { try await lone.refresh(kind) } }
            let alone = lone.counter.reads.count - before

            // Of one account, whose identity takes its time to find.
            let account = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin))
            var stations: [Station] = []
            for number in 0..<60 {
                stations.append(
                    try Station(
                        room.postgres.url(as: number < 50 ? "noc" : "wall"), server, LibreNMS.descriptor,
                        room.curl,
                        secret: TeamRoom.tokens.admin, account: account, name: "op\(number)@host",
                        place: number))
            }
            for station in stations {
                await station.standing.wait(TeamState.isJoined)
                _ = try await station.adapter.check()
            }
            let probes = stations.reduce(0) { $0 + $1.counter.reads.count }
            var furthest = Duration.zero
            for _ in 0..<rounds {
                for kind in kinds {
                    let times = try await withThrowingTaskGroup(of: (ContinuousClock.Instant, Int).self) {
                        group in
                        for station in stations {
                            group.addTask {
                                let table = try await station.refresh(kind).table
                                return (.now, table.count)
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(Set(times.map(\.1)).count == 1)
                    if let first = times.map(\.0).min(), let last = times.map(\.0).max() {
                        furthest = max(furthest, last - first)
                    }
                }
            }
            let together = stations.reduce(0) { $0 + $1.counter.reads.count } - probes
            print("one: \(alone) requests, sixty: \(together), furthest behind: \(furthest)")
            #expect(Double(together) <= 1.2 * Double(alone))
            #expect(furthest < .seconds(2))
            let status = try TeamAdministration(TeamSettings(url: room.postgres.url(as: "postgres"))).status()
            #expect(status.screens.count == 60)
            #expect(status.screens.count { $0.shares } == 50)
            #expect(!status.answers.isEmpty)
            await server.stop()
        }

        @Test func `what a killed process was fetching is had by another within three seconds`() async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let station = try Station(
                room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                secret: TeamRoom.tokens.admin)
            _ = try await station.adapter.check()
            await station.standing.wait(TeamState.isJoined)
            // No answer to the list that the other is going to fetch, until it is dead.
            server.setFaults([Fault(.hang, at: "/api/v0/devices", method: "GET")])
            server.forgetArrivals()
            let fetcher = try Fetcher(room.postgres.url(as: "noc"), server, TeamRoom.tokens.admin)
            // It holds the lock of what it fetches.
            while try room.postgres.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") != "1\n"
            {
                await Task.yield()
            }
            let before = station.counter.reads.count
            async let rows = station.refresh(.device)
            // The other waits now; only then is the first killed, in the middle of its fetch.
            while station.store.waiting == 0 { await Task.yield() }
            #expect(station.counter.reads.count == before)
            server.setFaults([])
            let killed = ContinuousClock.now
            fetcher.kill()
            #expect(try await rows.table.count > 0)
            print("killed while it fetched: another had it after \(ContinuousClock.now - killed)")
            #expect(ContinuousClock.now - killed < .seconds(3))
            await server.stop()
        }

        @Test func `the age of an answer is that of the fetch, whoever made it, and none is given twice`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let (a, b) = (try await room.station(server), try await room.station(server))
            try await a.refresh(.alert)
            // The server's zone is found beside it, in time or not.
            func reads(_ station: Station) -> Int { station.counter.reads.count { $0.path == "/alerts" } }
            // As if it had been fetched half a minute ago.
            try room.postgres.sql("UPDATE nocturne.answers SET fetched_at = fetched_at - interval '30 s'")
            let before = reads(b)
            let taken = try await b.refresh(.alert)
            #expect((30..<40).contains(taken.age))
            #expect(reads(b) == before)
            // The same again would say nothing new.
            #expect(try await b.refresh(.alert).age < 5)
            #expect(reads(b) > before)
            // Too old for a list that is refreshed more often.
            try room.postgres.sql("UPDATE nocturne.answers SET fetched_at = fetched_at - interval '30 s'")
            let asked = reads(a)
            #expect(try await a.refresh(.alert, within: 20).age < 5)
            #expect(reads(a) > asked)
            await server.stop()
        }

        @Test func `who has a list is told when another has newer rows of it, and of no other list`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let (a, b) = (try await room.station(server), try await room.station(server))
            for kind in [ResourceKind.alert, .device] { try await b.refresh(kind) }
            try await a.refresh(.alert)
            #expect(a.store.tally.fetched == 0 && b.standing.renewed.isEmpty)
            // Newer than what it just took.
            try await a.refresh(.alert)
            while b.standing.renewed.isEmpty { await Task.yield() }
            #expect(Set(b.standing.renewed) == ["alert"] && a.standing.renewed.isEmpty)
            await server.stop()
        }

        @Test func `only a refresh takes what others have, and nothing from before a command or an own look`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let (a, b) = (try await room.station(server), try await room.station(server))
            try await a.refresh(.alert)
            var before = b.counter.reads.count
            try await b.refresh(.alert, within: nil)
            #expect(b.counter.reads.count > before)
            before = b.counter.reads.count
            // What it read itself is newer than what the team has.
            try await b.refresh(.alert)
            #expect(b.counter.reads.count > before)
            before = a.counter.reads.count
            a.reads.noteCommand()
            try await a.refresh(.alert)
            #expect(a.counter.reads.count > before)
            await server.stop()
        }

        @Test
        func
            `what holds longer than its list is asked for once in that time, whoever asks, and at whatever moment`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            func groups(_ station: Station) -> Int {
                station.counter.reads.count { $0.path.contains("/devicegroups/") }
            }
            func pass(_ seconds: Int) throws {
                try room.postgres.sql(
                    "UPDATE nocturne.answers SET fetched_at = fetched_at - interval '\(seconds) s'")
            }
            let a = try await room.station(server)
            let alone = try await a.refresh(.device).table
            #expect(groups(a) > 3)
            // Too old for the list of devices, and not for which groups they are in.
            try pass(500)
            let b = try await room.station(server)
            let before = b.counter.reads.count { $0.path.hasSuffix("/devices") }
            let taken = try await b.refresh(.device)
            #expect(b.counter.reads.count { $0.path.hasSuffix("/devices") } > before)
            #expect(groups(b) == 0)
            #expect(taken.table.hasSameRows(as: alone))
            // The list was read now: what came with it does not make it old.
            #expect(taken.age < 5)
            try pass(500)
            let c = try await room.station(server)
            _ = try await c.refresh(.device)
            #expect(groups(c) == groups(a))
            await server.stop()
        }

        @Test func `how long joining takes is not taken for the server's own slowness`() async throws {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            // Connections are made, and nothing is ever said.
            let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(silent) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    _ = bind(silent, pointer, length)
                    _ = listen(silent, 5)
                    _ = getsockname(silent, pointer, &length)
                }
            }
            let one = try Station(
                "postgresql://noc@127.0.0.1:\(UInt16(bigEndian: address.sin_port))/postgres", server,
                LibreNMS.descriptor, room.curl, secret: TeamRoom.tokens.admin)
            _ = try await one.adapter.check()
            let resource = try #require(one.adapter.resources.first { $0.kind == .alert })
            let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
            let sharing = Sharing(list: "alert", interval: 60)
            _ = try await Sharing.$current.withValue(sharing) {
                try await one.adapter.refresh(Query(.alert), into: snapshot)
            }
            #expect(TeamState.isAlone(one.standing.state))
            #expect(sharing.waited > 1)
            await server.stop()
        }
    }
}
