import Domain
import Links
import Testing

@Suite("Things and conflicts")
struct ThingTests {
    private static func devices(_ backend: BackendID, _ status: String, serial: String = "FDO2233X0AB")
        -> Table
    {
        Made.table(Made.device, backend, [("1", [.status: .text(status), "serial": .text(serial)])])
    }

    @Test("one device on three servers is one thing with its worst state")
    func worst() {
        let network = Network(
            Made.feeds([
                Self.devices(Made.nms, "up"), Self.devices(Made.access, "down"),
                Self.devices(Made.nms2, "unknown"),
            ]))
        let thing = network.thing(of: Made.ref(Made.nms2, .device, "1"))
        #expect(thing?.members.map(\.backend) == [Made.nms, Made.access, Made.nms2])
        #expect(network.things == [thing])
        #expect(thing.flatMap { network.worstState(of: $0)?.word } == "down")
        #expect(network.doubles[Made.ref(Made.access, .device, "1")] == Made.ref(Made.nms, .device, "1"))
        #expect(network.doubles.count == 2)
    }

    @Test("what a second server says that comes later is linked with what was there")
    func later() {
        let first = Network(Made.feeds([Self.devices(Made.nms, "up")]))
        #expect(first.things.isEmpty)
        let both = first.updated(
            Made.feeds([Self.devices(Made.nms, "up"), Self.devices(Made.access, "down")]))
        #expect(both.things.count == 1)
        #expect(both.updated(Made.feeds([Self.devices(Made.nms, "up")])).things.isEmpty)
    }

    @Test("an aggregator and the device that it runs on are one thing")
    func equipment() {
        let network = Network(
            Made.feeds([
                Made.table(Made.device, Made.nms, [("1", [.name: "agg1.example.net"])]),
                Made.table(Made.aggregator, Made.bonding, [("1", [.name: "agg1.example.net"])]),
            ]))
        #expect(network.thing(of: Made.ref(Made.bonding, .aggregator, "1"))?.members.count == 2)
    }

    @Test("links that would put two devices of one server into one thing make none")
    func chain() {
        let network = Network(
            Made.feeds([
                Made.table(
                    Made.device, Made.nms,
                    [("1", ["serial": "FDO2233X0AB"]), ("2", ["mac": "00:1b:21:aa:bb:c1"])]),
                Made.table(
                    Made.device, Made.access, [("1", ["serial": "FDO2233X0AB", "ip": "198.51.100.7"])]),
                Made.table(
                    Made.device, Made.nms2, [("1", ["mac": "00:1b:21:aa:bb:c1", "ip": "198.51.100.7"])]),
            ]))
        #expect(network.things.isEmpty)
    }

    @Test("an update makes and breaks things as if all were read again")
    func update() {
        let (one, other) = (Self.devices(Made.nms, "up"), Self.devices(Made.access, "up"))
        let network = Network(Made.feeds([one, other]))
        #expect(network.things.count == 1)
        let moved = network.updated(
            Made.feeds([one, Self.devices(Made.access, "up", serial: "JPE19380QRS")]))
        #expect(moved.things.isEmpty)
        #expect(moved.updated(Made.feeds([one, Self.devices(Made.access, "down")])).things.count == 1)
        let doubled = Made.table(
            Made.device, Made.access, [("1", ["serial": "FDO2233X0AB"]), ("2", ["serial": "FDO2233X0AB"])])
        #expect(network.updated(Made.feeds([one, doubled])).things.isEmpty)
    }

    @Test("servers that disagree for longer than a cycle of the slower one are in conflict")
    func conflict() {
        let network = Network(Made.feeds([Self.devices(Made.nms, "up"), Self.devices(Made.access, "down")]))
        var conflicts = Conflicts()
        let start = Instant(seconds: 1_000)
        conflicts.update(network, now: start) { _ in 60 }
        #expect(conflicts.current.isEmpty)
        conflicts.update(network, now: start + 60) { _ in 60 }
        #expect(conflicts.current.isEmpty)
        conflicts.update(network, now: start + 61) { $0.backend == Made.nms ? 60 : 300 }
        #expect(conflicts.current.isEmpty)
        conflicts.update(network, now: start + 61) { _ in 60 }
        #expect(conflicts.current.map(\.since) == [start])
        #expect(conflicts.current.first?.voices.map(\.word) == ["up", "down"])
        conflicts.update(
            Network(Made.feeds([Self.devices(Made.nms, "down"), Self.devices(Made.access, "down")])),
            now: start + 62)
        #expect(conflicts.current.isEmpty)
    }

    @Test("what a late server said, and what is unknown, contradicts nobody")
    func noConflict() {
        let tables = [Self.devices(Made.nms, "up"), Self.devices(Made.access, "down")]
        let unknown = [Self.devices(Made.nms, "up"), Self.devices(Made.access, "unknown")]
        for network in [Network(Made.feeds(tables, stale: [.device])), Network(Made.feeds(unknown))] {
            var conflicts = Conflicts()
            conflicts.update(network, now: Instant(seconds: 0))
            conflicts.update(network, now: Instant(seconds: 9_000))
            #expect(conflicts.current.isEmpty)
        }
    }
}
