import AdapterKit
import Domain
import Filter
import Foundation
import RawServer
import Runtime
import Synchronization
import Testing

@testable import Simulator
@testable import nocturne

@Suite("watch", .timeLimit(.minutes(15)))
struct WatchTests {
    /// Watches the gauges; what the tide does between two answers is given step by step.
    private func watch(
        _ server: TideServer, filter: String? = nil, present: Bool = false, count: Int?,
        _ steps: [@Sendable () -> Void]
    ) async throws -> (rows: [[String: Any]], end: Watcher.End) {
        let told = Mutex<[String]>([])
        let next = Mutex(0)
        var end = Watcher.End(silent: [])
        try await withLine([.sea(server)]) { line in
            var watcher = Watcher(network: line.network, resources: ["tides"], tellsPresent: present)
            let vocabulary = FilterVocabulary(line.network.connections.flatMap(\.adapter.resources))
            watcher.filter = try filter.map { try FilterExpression.option($0, vocabulary) }
            watcher.pause = { _ throws(CancellationError) in
                let step = next.withLock { number in
                    number += 1
                    return number - 1
                }
                guard step < steps.count else { throw CancellationError() }
                steps[step]()
            }
            let ready = watcher
            end = await ready.run(count: count, timeout: count == nil ? 5 : nil) { line in
                told.withLock { $0.append(line) }
            }
        }
        let rows = told.withLock { $0 }.compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
        return (rows, end)
    }

    @Test("tells what changed with what it was, and nothing of what stayed")
    func changed() async throws {
        let server = try TideServer()
        let (rows, end) = try await watch(server, count: 1, [{}, { server.raise("g-2") }])
        #expect(rows.count == 1 && end.silent == [])
        #expect(rows[0]["event"] as? String == "changed" && rows[0]["name"] as? String == "Lock 4")
        #expect(rows[0]["backend"] as? String == "sea" && rows[0]["id"] as? String == "g-2")
        #expect(rows[0]["changed"] as? [String] == ["state"] && rows[0]["state"] as? String == "raised")
        #expect(rows[0]["before"] as? [String: String] == ["state": "lowered"])
    }

    @Test(
        "tells what is there at the start when that is wanted, and what comes to pass the filter or no longer does"
    )
    func filtered() async throws {
        let server = try TideServer()
        let (rows, _) = try await watch(
            server, filter: "state:lowered", present: true, count: 4,
            [{ server.raise("g-1") }, { server.lower("g-3") }])
        #expect(rows.map { $0["event"] as? String } == ["present", "present", "gone", "appeared"])
        #expect(rows[2]["id"] as? String == "g-1" && rows[2]["listed"] as? Bool == true)
        #expect(rows[3]["id"] as? String == "g-3")
    }

    @Test("get --watch prints a title once, then each row that something happens to, whole answers at once")
    func table() async throws {
        let server = try TideServer()
        let printed = Mutex<[String]>([])
        try await withLine([.sea(server)]) { line in
            var watcher = Watcher(network: line.network, resources: ["tides"], tellsPresent: true)
            let step = Mutex(0)
            watcher.pause = { _ throws(CancellationError) in
                let number = step.withLock { number in
                    number += 1
                    return number
                }
                guard number < 2 else { throw CancellationError() }
                server.raise("g-2")
            }
            let fields = line.network.connections[0].adapter.resources[0].fields
            let table = FollowedTable(
                fields.filter { $0.key == .name || $0.key == .state }.map(Listing.Column.field), line.clock,
                width: nil, isColored: false, hasTitles: true,
                write: { text in printed.withLock { $0.append(text) } },
                complain: { _ in })
            let ready = watcher
            _ = await ready.follow(count: 4, timeout: 5) { table.take($0) }
            table.finish()
        }
        let texts = printed.withLock { $0 }
        #expect(texts.count == 2, "\(texts)")
        let first = try #require(texts.first).split(separator: "\n")
        #expect(first.count == 4 && first[0].hasPrefix("EVENT     "))
        #expect(first[1...].allSatisfy { $0.hasPrefix("present   ") })
        let last = try #require(texts.last)
        #expect(last.hasPrefix("changed   ") && last.contains("Lock 4") && last.contains("raised"))
    }

    @Test("tells that a row is gone from the server, as it was last")
    func gone() async throws {
        let server = try TideServer()
        let (rows, _) = try await watch(server, count: 1, [{ server.remove("g-3") }])
        #expect(rows[0]["event"] as? String == "gone" && rows[0]["listed"] as? Bool == false)
        #expect(rows[0]["name"] as? String == "Old pier" && rows[0]["state"] as? String == "raised")
    }

    @Test("tells once that a backend fails and once that it is back; nothing is gone meanwhile")
    func lost() async throws {
        let server = try TideServer()
        let (rows, _) = try await watch(
            server, count: 3,
            [{ server.fall(true) }, {}, { server.fall(false) }, { server.raise("g-1") }])
        #expect(rows.map { $0["event"] as? String } == ["lost", "back", "changed"])
        #expect((rows[0]["words"] as? String)?.isEmpty == false)
    }

    @Test("tells when a server that answers no longer polls its devices, and when it polls all of them again")
    func poller() async throws {
        let provider = Provider()
        try await provider.start()
        let told = Mutex<[String]>([])
        let step = Mutex(0)
        let night = 6 * 3_600
        try await withLine(
            [provider.plans[0]], isReadOnly: true, at: Timestamp(Int64(provider.world.now))
        ) { line in
            var watcher = Watcher(network: line.network, resources: ["alerts"])
            watcher.pause = { [clock = line.clock] _ throws(CancellationError) in
                let number = step.withLock { step in
                    step += 1
                    return step
                }
                switch number {
                case 1: break
                case 2: clock.advance(by: night)
                case 3: clock.advance(by: 20)
                case 4:
                    provider.world.advance(by: night + 20)
                    clock.advance(by: 120)
                default: throw CancellationError()
                }
            }
            let ready = watcher
            _ = await ready.run(count: nil, timeout: 60) { line in told.withLock { $0.append(line) } }
        }
        await provider.stop()
        let rows = told.withLock { $0 }.compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
        let polls = rows.filter { ["stalled", "resumed"].contains($0["event"] as? String) }
        #expect(polls.map { $0["event"] as? String } == ["stalled", "resumed"])
        let stalled = try #require(polls.first)
        #expect(stalled["backend"] as? String == "core")
        #expect((stalled["words"] as? String)?.hasSuffix("not polled for 6h") == true)
        #expect(stalled["devices"] as? Int ?? 0 > 0 && stalled["of"] as? Int ?? 0 > 0)
        #expect(polls.last?["words"] == nil)
    }
}
