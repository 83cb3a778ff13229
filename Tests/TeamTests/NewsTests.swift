import AdapterKit
import CLinux
import Domain
import RealServer
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter
@testable import Team

extension TeamTests {
    /// What one process tells the others.
    struct NewsTests {
        @Test func `news that comes along with an answer is not waited for`() async throws {
            let room = try TeamRoom()
            let admin = TeamSettings(url: room.postgres.url(as: "postgres"))
            let link = try TeamLink.connect(admin.parameters(name: "one", patience: 5), within: 5)
            try link.run("LISTEN something")
            // Whoever is in the middle of something hears of it when that ends, together with its answer.
            try link.run("BEGIN")
            _ = try room.postgres.sql("NOTIFY something, 'new'")
            try link.run("COMMIT")
            let bell = clinux_bell_open()
            defer { clinux_close(bell) }
            link.waitForNews(or: bell, until: .max)
            #expect(try link.notifications().map(\.text) == ["new"])
            clinux_bell_ring(bell)
            link.waitForNews(or: bell, until: .max)
            #expect(try link.notifications().isEmpty)
        }

        @Test func `who waits for the team to be joined goes on as soon as it is, not with the next beat`()
            async throws
        {
            let room = try TeamRoom()
            let store = TeamStore(
                TeamSettings(url: room.postgres.url(as: "noc")),
                member: TeamMember(name: "op@host", version: "0", servers: []), accounts: []
            ) { _ in }
            // It is waited for before the database has answered, as where that is far away.
            async let salt = store.salt()
            while store.desk.withLock({ $0.jobs.isEmpty }) { await Task.yield() }
            let began = ContinuousClock.now
            store.start()
            #expect(await salt != nil)
            // The first beat or tidying comes after five seconds at the least.
            #expect(ContinuousClock.now - began < .seconds(4))
            store.close()
        }

        @Test func `news of what was had already has nothing asked for once more`() async throws {
            let room = try TeamRoom()
            let server = try await room.server(.libreNMS(.modern))
            let (a, b) = (try await room.station(server), try await room.station(server))
            for one in [a, b] { try await one.refresh(.alert) }
            #expect(b.store.tally.taken > 0)
            let known = try room.postgres.sql(
                """
                SELECT key || ' ' || extract(epoch FROM fetched_at)::float8 FROM nocturne.answers
                WHERE list = 'alert' AND request LIKE 'GET /alerts%'
                """
            ).split { $0.isWhitespace }.map(String.init)
            try #require(known.count == 2)
            let moment = try #require(Double(known[1]))
            for late in [moment - 1, moment, moment + 1] {
                _ = try room.postgres.sql("SELECT pg_notify('nocturne', 'a:\(known[0]):alert:\(late)')")
            }
            // They come in their order.
            while a.standing.renewed.isEmpty || b.standing.renewed.isEmpty { await Task.yield() }
            #expect(a.standing.renewed == ["alert"] && b.standing.renewed == ["alert"])
            await server.stop()
        }
    }
}
