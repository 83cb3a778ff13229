@testable import CurlTransport
import HTTP
import RawServer
import Testing

@Suite("Limits", .timeLimit(.minutes(15)))
struct LimitTests {
    @Test("a server that takes the connection and never speaks TLS is told from one that takes none")
    func connecting() async throws {
        let server = try RawServer(connected: { $0.hang() })
        let line = try Line(to: "https://127.0.0.1:\(server.port)") { $0.limits.connect = 0.2 }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .timedOut(.handshake, seconds: 0.2))
    }

    @Test("a server that never answers runs into the first-byte limit, and the connection is closed")
    func firstByte() async throws {
        let server = try RawServer { _, connection in connection.hang() }
        let line = try Line(to: server.url) { $0.limits.firstByte = 0.2 }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .timedOut(.firstByte, seconds: 0.2))
        await server.until { $0.departures == 1 }
    }

    @Test("an answer that stops coming is stalled, long before the whole limit", arguments: ["head", "body"])
    func stalled(_ place: String) async throws {
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n")
            if place == "body" { connection.send("\r\n[1,") }
            connection.hang()
        }
        let line = try Line(to: server.url) {
            $0.limits.stall = 0.2
            $0.limits.firstByte = 0.1
        }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .timedOut(.stalled, seconds: 0.2))
    }

    @Test("a read that is neither silent nor stalled ends at the whole limit")
    func whole() async throws {
        let server = try RawServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            connection.hang()
        }
        let line = try Line(to: server.url) { $0.limits.read = 0.2 }
        #expect(await line.failure(of: ReadRequest("/alerts")) == .timedOut(.whole, seconds: 0.2))
    }

    @Test("a slow drip is stalled only when it stays below the rate for the whole limit")
    func stallWatch() {
        let start = ContinuousClock.now
        var watch = StallWatch(limit: .seconds(10), rate: 100, from: start)
        var bytes = 0
        for second in 1...30 {
            bytes += 100
            let isStalled = watch.hasStalled(received: bytes, at: start + .seconds(second))
            #expect(!isStalled)
        }
        for second in 31...39 {
            bytes += 99
            let isStalled = watch.hasStalled(received: bytes, at: start + .seconds(second))
            #expect(!isStalled)
        }
        let isStalled = watch.hasStalled(received: bytes + 99, at: start + .seconds(40))
        #expect(isStalled)
    }

    @Test("one fast second makes an answer alive again")
    func recovered() {
        let start = ContinuousClock.now
        var watch = StallWatch(limit: .seconds(10), rate: 100, from: start)
        var verdicts = (1...9).map { watch.hasStalled(received: 0, at: start + .seconds($0)) }
        for second in [10, 19, 20] {
            verdicts.append(watch.hasStalled(received: 100, at: start + .seconds(second)))
        }
        #expect(verdicts == Array(repeating: false, count: 11) + [true])
    }

    @Test("with nothing under way the thread has no timer")
    func idle() {
        let now = ContinuousClock.now
        #expect(TransferScheduler.patience(until: nil, from: now) == .max)
        #expect(TransferScheduler.patience(until: now + .milliseconds(250), from: now) == 251)
        #expect(TransferScheduler.patience(until: now - .seconds(1), from: now) == 0)
    }
}

@Suite("Lane")
struct LaneTests {
    @Test("the lower priority goes first, equals in the order they came")
    func order() {
        var lane = Lane<String>(width: 1)
        for (name, priority) in [
            ("sweep 1", 5), ("table", 1), ("sweep 2", 5), ("screen", 0), ("command", .min),
        ] {
            lane.add(name, priority: priority)
        }
        var served: [String] = []
        while let next = lane.admit() {
            served.append(next)
            lane.leave()
        }
        #expect(served == ["command", "screen", "table", "sweep 1", "sweep 2"])
        #expect(lane.isIdle)
    }

    @Test("what is not on screen leaves one place free")
    func reserve() {
        var lane = Lane<Int>(width: 4)
        for number in 0..<6 { lane.add(number, priority: 1) }
        let swept = (0..<4).map { _ in lane.admit() }
        #expect(swept == [0, 1, 2, nil])
        lane.add(10, priority: 0)
        lane.add(11, priority: 0)
        let shown = (0..<2).map { _ in lane.admit() }
        #expect(shown == [10, nil])
        #expect(lane.running == 4)
    }

    @Test("one that waits can be withdrawn, and all of them in their order")
    func withdraw() {
        var lane = Lane<Int>(width: 1)
        for number in 1...4 { lane.add(number, priority: 1) }
        let (first, second) = (lane.withdraw { $0 == 2 }, lane.withdraw { $0 == 2 })
        #expect(first == 2 && second == nil)
        let rest = lane.withdrawAll()
        #expect(rest == [1, 3, 4])
        #expect(lane.isIdle)
    }
}
