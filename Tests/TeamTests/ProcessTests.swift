import Domain
import Foundation
import RealServer
import Simulator
import Testing

@testable import Team

extension TeamTests {
    /// Processes of the built program on terminals, as an operations room has them.
    struct ProcessTests {
        /// Seconds between two readings of a list at most: the longest of ``TeamFigures/intervals``, and a quarter of it more.
        private static let longestInterval = 25.0

        /// Waits until so many screens have joined, and those that share have their rows.
        private func settle(_ screens: Screens, _ count: Int, _ postgres: Postgres) async throws {
            let admin = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres")))
            while true {
                await screens.drawn()
                if let words = screens.ended { throw TeamFigures.Ended(words: words) }
                let joined = try admin.status().screens
                if joined.count == count,
                    joined.filter(\.shares).allSatisfy({ $0.taken + $0.fetched >= 4 })
                {
                    return
                }
            }
        }

        private func screens(_ servers: [SimulatedServer], _ store: String?) throws -> Screens {
            try Screens(
                servers, token: TeamRoom.tokens.admin, store: store, intervals: TeamFigures.intervals)
        }

        /// What arrived at a server, and how often.
        private func asked(_ server: SimulatedServer) -> String {
            let counts = server.arrivals().reduce(into: [:]) { $0[$1.path, default: 0] += 1 }
            return counts.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }
                .joined(separator: ", ")
        }

        @Test
        func
            `fifty processes and ten wallboards ask a server at most a fifth more often than one, none two seconds behind`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let lone = try screens([server], nil)
            try lone.start()
            while server.arrivals().count < 12 { await lone.drawn() }
            let alone = try await TeamFigures(lone, [server], nil, seconds: 90)
            lone.end()

            let engineers = try screens([server], room.postgres.url(as: "noc"))
            let walls = try screens([server], room.postgres.url(as: "wall"))
            for _ in 0..<50 { try engineers.start() }
            try await settle(engineers, 50, room.postgres)
            for _ in 0..<10 { try walls.start("--wallboard") }
            try await settle(engineers, 60, room.postgres)
            // Each has its first rows from the server itself where joining took longer, and the longer that took on a busy
            // machine the later it asks again: until each list is shared as often as it is asked for, the wallboards, who
            // share nothing, ask for it themselves.
            let often = alone.asked.filter { $0.value > 2 }.map { "GET \($0.key.dropFirst("/api/v0".count))" }
            var last: [String: Double] = [:]
            var steady: Set<String> = []
            while !Set(often).isSubset(of: steady) {
                let rows = try room.postgres.sql(
                    "SELECT extract(epoch FROM stored_at) || ' ' || request FROM nocturne.answers")
                for row in rows.split(separator: "\n") {
                    let words = row.split(separator: " ", maxSplits: 1)
                    guard words.count == 2, let moment = Double(words[0]) else { continue }
                    let request = String(words[1])
                    if let before = last[request], before != moment {
                        if moment - before < Self.longestInterval {
                            steady.insert(request)
                        } else {
                            steady.remove(request)
                        }
                    }
                    last[request] = moment
                }
                await engineers.drawn()
            }
            // Who they are, each asks for itself when it starts.
            _ = try await TeamFigures(engineers, [server], nil, seconds: 15)
            let together = try await TeamFigures(engineers, [server], room.postgres, seconds: 90)
            print("one process: \(alone)\nsixty: \(together)")
            // A window that begins in between has one more of a list, and of what is asked seldom.
            for (path, count) in together.asked {
                let most = (1.2 * Double(alone.asked[path] ?? 1)).rounded(.up) + 2
                #expect(Double(count) <= most, "\(path) of \(asked(server))")
            }
            // What one asks too seldom to be seen in the window is not compared.
            let common = together.asked.filter { alone.asked[$0.key] != nil }
            let most = 1.2 * Double(alone.asked.values.reduce(0, +)) + Double(common.count)
            #expect(Double(common.values.reduce(0, +)) <= most, "\(together.asked)")
            #expect(together.lag < 2)
            #expect(walls.ended == nil)
            engineers.end()
            walls.end()
            await server.stop()
        }

        /// Not a test: what docs/performance.md says, measured again, as by TEAM_FIGURES="1x1 50x1 10x20".
        @Test(
            .enabled(
                if: TeamFigures.wanted != nil, "TEAM_FIGURES=\"1x1 50x1 10x20\" measures screens x servers"))
        func `the cost of some numbers of screens and servers`() async throws {
            for pair in try #require(TeamFigures.wanted).split(separator: " ") {
                let numbers = pair.split(separator: "x").compactMap { Int($0) }
                try #require(numbers.count == 2)
                let room = try TeamRoom()
                var servers: [SimulatedServer] = []
                for _ in 0..<numbers[1] { servers.append(try await room.server(.libreNMS(.modern))) }
                let all = try screens(servers, room.postgres.url(as: "noc"))
                for _ in 0..<numbers[0] { try all.start() }
                try await settle(all, numbers[0], room.postgres)
                _ = try await TeamFigures(all, servers, nil, seconds: 15)
                let figures = try await TeamFigures(all, servers, room.postgres, seconds: 60)
                print("\(numbers[0]) screens, \(numbers[1]) servers: \(figures)\n\(asked(servers[0]))")
                all.end()
                for server in servers { await server.stop() }
            }
        }

    }
}
