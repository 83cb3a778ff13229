import Testing

@testable import Simulator

@Suite("the world lives, and lives alike for one seed") struct WorldTests {
    @Test("two worlds of one seed answer alike, to the byte, however they got to the moment")
    func determinism() async throws {
        let (one, other) = (World(seed: 7, scale: 2_000), World(seed: 7, scale: 2_000))
        for _ in 0..<50 { one.advance(by: 100) }
        other.advance(by: 5_000)
        for target in [
            "/api/v0/alerts?state=1,2,3,4,5", "/api/v0/devices", "/api/v0/ports?columns=ifInOctets",
        ] {
            let first = try await withServer(.modern, world: one) { try await $0.get(target).text }
            let second = try await withServer(.modern, world: other) { try await $0.get(target).text }
            #expect(first == second)
        }
    }

    @Test("another seed is another world")
    func seeds() async throws {
        let texts = try await [1, 2].asyncMap { seed in
            try await withServer(.modern, world: World(seed: seed, scale: 2_000)) { client async throws in
                try await client.get("/api/v0/ports?columns=ifAlias,ifInOctets").text
            }
        }
        #expect(texts[0] != texts[1])
    }

    @Test(
        "the scale is the number of ports, with about a device for ten", arguments: [60, 333, 3_300, 100_000])
    func scale(_ ports: Int) {
        let network = World(scale: ports).life.network
        #expect(network.ports.count == ports)
        #expect(network.ports.map(\.id) == Array(1...ports))
        #expect(network.devices.reduce(0) { $0 + $1.ports.count } == ports)
        #expect(abs(network.devices.count - ports / 10) <= 13)
        #expect(Set(network.devices.map(\.hostname)).count == network.devices.count)
        #expect(Set(network.customers.map(\.name)).count == network.customers.count)
    }

    @Test("time never runs backwards")
    func clock() {
        let world = World(scale: 100)
        world.advance(by: 60)
        world.advance(to: world.origin)
        #expect(world.now == world.origin + 60)
    }

    @Test("at the usual scale some dozen alerts are open at any time, of all severities")
    func openAlerts() {
        let world = World()
        for _ in 0..<24 {
            world.advance(by: 1_500)
            let open = world.view(of: .everywhere).alerts.filter { $0.state != .cleared }
            #expect((15...60).contains(open.count))
            let severities = Set(open.compactMap { $0.rule?.severity })
            #expect(severities.isSuperset(of: ["critical", "warning"]))
            #expect(open.contains { $0.state == .acknowledged && !$0.note.isEmpty })
        }
    }

    @Test("an alert by its number is the one of the list, on either side of a split world")
    func alertByNumber() {
        let world = World()
        world.advance(by: 7_200)
        for territory in [Territory.core, .edge] {
            let view = world.view(of: territory)
            let listed = view.alerts
            #expect(!listed.isEmpty)
            #expect(Set(listed.map(\.id)).count == listed.count)
            for alert in listed {
                let single = view.alert(alert.id)
                #expect(single?.story == alert.story)
                #expect(single?.state == alert.state)
                #expect(world.view(of: territory == .core ? .edge : .core).alert(alert.id) == nil)
            }
            #expect(view.alert(0) == nil && view.alert(-5) == nil && view.alert(.max) == nil)
        }
    }

    @Test("every state of an alert occurs within a day")
    func states() {
        let world = World(withOddities: false)
        var seen: Set<AlertStory.State> = []
        for _ in 0..<96 {
            world.advance(by: 900)
            seen.formUnion(world.view(of: .everywhere).alerts.map(\.state))
        }
        #expect(seen.count == 6)
    }

    @Test(
        "soon after the beginning a fibre is cut: devices and the ports towards them go down, and come back")
    func fibreCut() throws {
        let world = World(withOddities: false)
        let life = world.life
        let cut = try #require(life.cuts(near: 0).first)
        #expect(cut.episode.start == 75)
        let members = life.network.spans[cut.span]
        let ports = life.network.ports.filter { port in
            if case .downlink(let peer) = port.use { members.contains(peer) } else { false }
        }
        #expect(!members.isEmpty && !ports.isEmpty)
        #expect(members.allSatisfy { life.downSince($0, at: cut.episode.start) != nil })
        #expect(ports.allSatisfy { life.isBroken($0, at: cut.episode.start) })
        let back = members.filter { life.downSince($0, at: cut.episode.end) == nil }
        #expect(!back.isEmpty)
        #expect(back.allSatisfy { life.downSince($0, at: cut.episode.start - 1) == nil })
    }

    @Test("a device that is out of reach keeps what its last poll saw")
    func frozen() throws {
        let world = World(withOddities: false)
        let cut = try #require(world.life.cuts(near: 0).first).episode
        let member = world.life.network.spans[world.life.cuts(near: 0)[0].span][0]
        world.advance(by: cut.start + 20)
        let early = world.view(of: .everywhere).device(at: member)
        world.advance(to: world.origin + cut.end - 1)
        let late = world.view(of: .everywhere).device(at: member)
        #expect(!late.isUp)
        #expect(early.polled == late.polled)
        #expect(late.polled < cut.start)
        world.advance(by: 90)
        #expect(world.view(of: .everywhere).device(at: member).polled >= cut.end)
    }

    @Test("counters only grow, rates move")
    func counters() {
        let world = World(withOddities: false)
        var last = world.view(of: .everywhere).ports.map { $0.inwards }
        for _ in 0..<6 {
            world.advance(by: 1_800)
            let now = world.view(of: .everywhere).ports.map { $0.inwards }
            #expect(zip(last, now).allSatisfy { $0.octets <= $1.octets })
            #expect(zip(last, now).contains { $0.rate != $1.rate })
            last = now
        }
    }

    @Test("polls move on with the clock, within a minute of it")
    func polls() {
        let world = World(withOddities: false)
        world.advance(by: 10_000)
        for row in world.view(of: .everywhere).devices where row.isUp && !row.device.isDisabled {
            #expect(row.polled <= 10_000 && row.polled > 10_000 - 700)
        }
    }

    @Test("one thing more makes an alert worse, one less better, one for another changes it")
    func stories() {
        let first = Episode(start: 10, end: 100)
        let second = Episode(start: 40, end: 60)
        #expect(AlertStory([first, second], at: 5) == nil)
        #expect(AlertStory([first, second], at: 20)?.state == .active)
        #expect(AlertStory([first, second], at: 50)?.state == .worse)
        #expect(AlertStory([first, second], at: 70)?.state == .better)
        #expect(AlertStory([first, second], at: 70)?.since == 10)
        #expect(AlertStory([first, Episode(start: 100, end: 120)], at: 110)?.state == .changed)
        let over = AlertStory([first, second], at: 200)
        #expect(over == AlertStory(since: 100, isOpen: false, changedAt: 100, state: .cleared))
    }

    @Test("an acknowledgement ends when its alert clears, and when it gets worse unless it was until clear")
    func acknowledgementsEnd() throws {
        for untilClear in [AlertChanges.UntilClear.yes, .no] {
            let world = World(withOddities: false)
            let found = try #require(growing(in: world))
            world.advance(to: world.origin + found.from)
            #expect(
                world.view(of: .everywhere).touch(found.id, state: .acknowledged, untilClear: untilClear) {
                    _ in ""
                })
            #expect(world.view(of: .everywhere).alert(found.id)?.state == .acknowledged)
            world.advance(to: world.origin + found.worse)
            let state = world.view(of: .everywhere).alert(found.id)?.state
            #expect(state == (untilClear == .yes ? .acknowledged : .worse))
        }
    }

    /// An alert that is open at one tick and worse at a later one.
    private func growing(in world: World) -> (id: Int, from: Int, worse: Int)? {
        var opened: [Int: AlertStory] = [:]
        for tick in stride(from: 60, to: 90_000, by: 60) {
            for index in world.life.network.devices.indices {
                for (rule, story) in world.life.stories(of: index, at: tick) where story.isOpen {
                    let id = index * AlertRule.numbersPerDevice + rule.id
                    if story.state == .worse, let before = opened[id], before.since == story.since,
                        story.changedAt > before.changedAt
                    {
                        return (id, story.changedAt - 1, tick)
                    }
                    opened[id] = story
                }
            }
        }
        return nil
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows
        -> [Result]
    {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
