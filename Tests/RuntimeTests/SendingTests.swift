import AdapterKit
import Audit
import Domain
import HTTP
import Runtime
import Testing

@Suite("The executor sends once")
struct SendingTests {
    private let command = Command(.acknowledge, [Workshop.alert])

    @Test("of four calls at the same moment one sends, two hundred times")
    func concurrent() async throws {
        let workshop = try Workshop()
        var performed = 0
        for round in 0..<200 {
            _ = try await workshop.executor.prepare(round, Workshop.backend, command).get()
            let outcomes = await withTaskGroup(of: [Outcome].self) { group in
                for _ in 0..<4 {
                    group.addTask { await workshop.executor.perform(round, Workshop.backend, as: .harmless) }
                }
                return await group.reduce(into: [Outcome]()) { $0 += $1 }
            }
            performed += outcomes.count
        }
        #expect(workshop.transport.receipts.count == 200)
        #expect(performed == 200)
        #expect(try workshop.audit.entries().count == 200)
    }

    @Test("a plan that the log refused was not sent, and may be sent when the log is well again")
    func refusedByLog() async throws {
        let workshop = try Workshop()
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        try workshop.spoilLog(true)
        let refused = await workshop.executor.perform(1, Workshop.backend, as: .harmless)
        #expect(refused.map(\.state) == [.failed])
        #expect(refused.first?.words.hasPrefix("nothing was sent: ") == true)
        #expect(workshop.transport.receipts.isEmpty)
        #expect(workshop.executor.record(1, Workshop.backend) == nil)
        try workshop.spoilLog(false)
        #expect(
            await workshop.executor.perform(1, Workshop.backend, as: .harmless).map(\.state) == [.verified])
        #expect(workshop.transport.receipts.count == 1)
    }

    @Test("a plan that was sent is taken for good, and a new one for the same is another")
    func taken() async throws {
        let workshop = try Workshop()
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        #expect(await workshop.executor.perform(1, Workshop.backend, as: .harmless).count == 1)
        let record = try #require(workshop.executor.record(1, Workshop.backend))
        #expect(await workshop.executor.perform(1, Workshop.backend, as: .harmless).isEmpty)
        #expect(await workshop.executor.check(1, Workshop.backend).map(\.state) == [.verified])
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        #expect(workshop.executor.record(1, Workshop.backend) == nil)
        #expect(await workshop.executor.check(1, Workshop.backend).isEmpty)
        #expect(await workshop.executor.perform(1, Workshop.backend, as: .harmless).count == 1)
        #expect(workshop.executor.record(1, Workshop.backend) != record)
        #expect(workshop.transport.receipts.count == 2)
    }

    @Test(
        "whatever the server answers but 401, nothing is sent again",
        arguments: [
            200, 204, 302, 400, 403, 404, 405, 407, 408, 409, 421, 425, 429, 500, 501, 502, 503, 504, 599,
        ])
    func answeredOnce(status: Int) async throws {
        let workshop = try Workshop(renews: true) { _ in
            .success(Response(status: status, headers: [Header("Retry-After", "1")], body: Body([])))
        }
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        _ = await workshop.executor.perform(1, Workshop.backend, as: .harmless)
        #expect(workshop.transport.receipts.count == 1)
    }

    @Test("an answer that never came sends nothing again")
    func lost() async throws {
        let workshop = try Workshop(renews: true) { _ in .failure(.outcomeUnknown(reason: "reset")) }
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        #expect(
            await workshop.executor.perform(1, Workshop.backend, as: .harmless).map(\.state) == [.unknown])
        #expect(workshop.transport.receipts.count == 1)
    }

    @Test(
        "a refused login sends once more with new credentials, and never a third time",
        arguments: [true, false])
    func renewed(renews: Bool) async throws {
        let workshop = try Workshop(renews: renews) { _ in
            .success(Response(status: 401, headers: [], body: Body([])))
        }
        _ = try await workshop.executor.prepare(1, Workshop.backend, command).get()
        _ = await workshop.executor.perform(1, Workshop.backend, as: .harmless)
        #expect(workshop.transport.receipts.map { $0.last } == (renews ? ["0", "1"] : ["0"]))
    }
}
