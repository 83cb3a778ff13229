import AdapterKit
import Domain
import Foundation
import RawServer
import Runtime
import Synchronization
import Testing

@testable import Simulator
@testable import nocturne

@Suite("How long get waits", .timeLimit(.minutes(15)))
struct PatienceTests {
    /// A server that is busy for so many requests.
    private func busy(_ times: Int, status: Int = 429, wait: String? = "7") throws -> RawServer {
        let left = Mutex(times)
        let world = World(scale: 600, withOddities: false)
        let api = Simulator.LibreNMS(
            .modern, world: world, territory: .everywhere, tokens: Provider.tokens, zone: 0)
        return try RawServer { request, connection in
            let isBusy = left.withLock { left in
                left -= 1
                return left >= 0
            }
            guard !isBusy else {
                return connection.answer(status, wait.map { [("Retry-After", $0)] } ?? [], "slow down")
            }
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            let reply = api.answer(
                Simulator.Request(
                    method: request.method, target: request.target, headers: headers, body: request.body))
            connection.answer(reply.status, reply.headers.map { ($0.name, $0.value) }, body: reply.body)
        }
    }

    private func gather(
        _ server: RawServer, total: Double?
    ) async throws -> (harvest: FetchedRows, waits: [Double]) {
        let waits = Mutex<[Double]>([])
        var harvest = FetchedRows()
        try await withLine([BackendPlan("core", at: server.url)]) { line in
            let patience = Patience(
                total: total,
                pause: { seconds throws(CancellationError) in waits.withLock { $0.append(seconds) } })
            harvest = await FetchedRows.gather("rules", from: line.network, patience)
        }
        return (harvest, waits.withLock { $0 })
    }

    @Test(
        "a server that asks to wait is asked again after as long, with and without a limit",
        arguments: [nil, 60.0])
    func askedAgain(total: Double?) async throws {
        for status in [429, 503] {
            let (harvest, waits) = try await gather(try busy(2, status: status), total: total)
            #expect(harvest.failures == [] && harvest.tables.first?.count ?? 0 > 0)
            #expect(waits == [7, 7])
        }
    }

    @Test("one that does not say for how long is asked again after longer and longer")
    func growing() async throws {
        let (harvest, waits) = try await gather(try busy(3, wait: nil), total: 60)
        #expect(harvest.failures == [])
        #expect(waits == [2, 4, 8])
    }

    @Test("one that asks for more time than there is is given up at once, and says so")
    func tooLong() async throws {
        let (harvest, waits) = try await gather(try busy(1, wait: "300"), total: 60)
        #expect(waits.isEmpty)
        #expect(
            harvest.failures.count == 1 && harvest.failures[0].contains("300 s are longer"),
            "\(harvest.failures)")
        // Without a limit the delays of a server have one of their own.
        let (endless, delays) = try await gather(try busy(1000), total: nil)
        #expect(delays.reduce(0, +) <= Patience.mostDelay && delays.count == 8)
        #expect(endless.failures.count == 1)
    }

    @Test("one that failed is not asked again")
    func failed() async throws {
        let (harvest, waits) = try await gather(try busy(1000, status: 503, wait: nil), total: 60)
        #expect(waits.isEmpty && harvest.failures.count == 1)
    }

    @Test("of what came before the time ran out, no list counts as whole")
    func cut() async throws {
        let world = World(scale: 600, withOddities: false)
        let api = Simulator.LibreNMS(
            .modern, world: world, territory: .everywhere, tokens: Provider.tokens, zone: 0)
        let server = try RawServer { request, connection in
            // Its rules are never told.
            guard !request.target.contains("/rules") else { return }
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            let reply = api.answer(
                Simulator.Request(
                    method: request.method, target: request.target, headers: headers, body: request.body))
            connection.answer(reply.status, reply.headers.map { ($0.name, $0.value) }, body: reply.body)
        }
        let (harvest, _) = try await gather(server, total: 3)
        #expect(harvest.failures.count == 1 && harvest.tables.count == 1)
        #expect(harvest.tables.allSatisfy { harvest.incomplete.contains($0.revision) })
    }

    @Test("who answered long ago and is asked again now is not silent since then")
    func again() async throws {
        let server = try busy(0)
        try await withLine([BackendPlan("core", at: server.url)]) { line in
            let clock = SteppedClock(at: Timestamp(1_790_000_000))
            let patience = Patience(total: nil, clock: clock)
            _ = await FetchedRows.gather("rules", from: line.network, patience)
            clock.advance(by: 90)
            let harvest = await FetchedRows.gatherRest(besides: "rules", from: line.network, patience)
            #expect(!harvest.failures.contains { $0.contains("no answer for") }, "\(harvest.failures)")
            #expect(harvest.tables.count > 2 && harvest.silent.isEmpty)
        }
    }

    @Test("without a limit of the operator's a backend is given up for its silence, however long it talks")
    func silence() {
        let clock = SteppedClock(at: Timestamp(1_790_000_000))
        let patience = Patience(total: nil, clock: clock)
        let (talking, silent) = (BackendID(0), BackendID(1))
        for _ in 0..<50 {
            clock.advance(by: 50)
            patience.heard(talking)
        }
        #expect(patience.rest(of: talking) == Patience.silence)
        #expect(patience.rest(of: silent) < 0)
        let limited = Patience(total: 90, clock: clock)
        clock.advance(by: 80)
        limited.heard(talking)
        #expect(limited.rest(of: talking) == 10)
    }

    @Test("the line of progress says how far each backend is, fits its terminal and is gone at the end")
    func progress() {
        let written = Mutex("")
        let clock = SteppedClock(at: Timestamp(1_790_000_000))
        let line = ProgressLine(
            ["core", "edge", "access"], clock: clock, write: { words in written.withLock { $0 += words } },
            width: { 60 })
        line.clear()
        #expect(written.withLock { $0 }.isEmpty)
        clock.advance(by: 12)
        line.take("ports of 58 of 150 devices", of: "edge")
        line.done("core")
        line.draw()
        #expect(
            written.withLock { $0 }
                == "\redge: ports of 58 of 150 devices · waiting for access · 12s\u{1B}[K")
        line.clear()
        #expect(written.withLock { $0 }.hasSuffix("\r\u{1B}[K"))
    }
}
