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
    struct DayTests {
        /// The refreshes that a day has of a list that is read every minute.
        private static let refreshes = 1_440

        @Test
        func `the refreshes of a day leave the store and a screen as large as those of its first hours`()
            async throws
        {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let account = TeamAccount(user: nil, token: Secret(TeamRoom.tokens.admin))
            var stations: [Station] = []
            for place in 0..<3 {
                let one = try Station(
                    room.postgres.url(as: "noc"), server, LibreNMS.descriptor, room.curl,
                    secret: TeamRoom.tokens.admin, account: account, place: place)
                await one.standing.wait(TeamState.isJoined)
                _ = try await one.adapter.check()
                stations.append(one)
            }
            let link = try TeamLink.connect(
                TeamSettings(url: room.postgres.url(as: "noc")).parameters(
                    name: "nocturne test", patience: 5), within: 5)
            var sizes: [(kilobytes: Int, rows: Int, resident: Int)] = []
            for round in 1...Self.refreshes {
                // Whoever had the last one fetches; who asks within 50 ms of another reads for itself too.
                for one in stations { try await one.refresh(.alert) }
                if round % 5 == 0 {
                    for one in stations { try await one.refresh(.port, within: 300) }
                }
                // What time does, the store every minute, and PostgreSQL's autovacuum after so many changes.
                try link.run("UPDATE nocturne.answers SET expires_at = expires_at - interval '60 s'")
                try TeamAnswers.tidy(link)
                if round % 20 == 0 { try room.postgres.sql("VACUUM nocturne.answers") }
                if round % 180 == 0 {
                    let size = try room.postgres.sql(
                        "SELECT pg_total_relation_size('nocturne.answers') / 1024 FROM nocturne.team")
                    let rows = try room.postgres.sql("SELECT count(*) FROM nocturne.answers")
                    sizes.append(
                        (
                            Int(size.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0,
                            Int(rows.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0,
                            ProcessFigures.resident(getpid()) >> 10
                        ))
                }
            }
            let fetched = stations.reduce(0) { $0 + $1.store.tally.fetched }
            let taken = stations.reduce(0) { $0 + $1.store.tally.taken }
            print("a day: \(fetched) fetched, \(taken) taken; every three hours \(sizes)")
            #expect(fetched >= Self.refreshes)
            let (first, last) = (try #require(sizes.first), try #require(sizes.last))
            #expect(last.kilobytes <= first.kilobytes * 5 / 4)
            #expect(last.rows <= first.rows + 2)
            await server.stop()
        }
    }
}
