import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Where an address is, everywhere")
struct WhereaboutsTests {
    private static let address = NetworkAddress.mac(0x001B_213C_4D5E)
    private static let core = WhereaboutsView.Source(World.core, isLoaded: false)

    /// A desk whose first server can be asked, with an address typed into the palette and taken.
    private static func asked(size: Size = Size(120, 30)) -> (desk: Desk, effects: [Effect]) {
        var desk = Desk.ready(size: size)
        let core = desk.state.backends[0]
        let probe = Probe(
            info: core.info ?? ServerInfo(product: "", clock: ServerClock(offset: 0, isCertain: true)),
            resources: core.resources, commands: core.commands,
            searches: World.searches + [SearchDescriptor(.whereabouts, "an address", takesAddresses: true)])
        desk.send(.probed(World.core, .success(probe)))
        desk.press(":")
        desk.type("001b.213c.4d5e")
        let effects = desk.press("Enter")
        return (desk, effects)
    }

    /// A row of whereabouts.
    private static func found(
        _ backend: BackendID, _ entity: EntityRef, _ matched: String, _ name: String, device: String = ""
    ) -> Table {
        var builder = TableBuilder(.whereabouts, backend)
        let resource = ResourceDescriptor.whereabouts
        func place(_ key: FieldKey) -> Int { resource.index(of: key) ?? 0 }
        builder.begin(entity)
        builder.set(place(.matched), text: matched)
        builder.set(place(.name), text: name)
        if !device.isEmpty {
            builder.set(place(.device), ref: EntityRef(backend, .device, id: "1"), name: device)
        }
        builder.set(place(.mac), text: "00:1b:21:3c:4d:5e")
        return builder.finish()
    }

    @Test("the palette offers one search for all, in the usual notation, before those of single servers")
    func offered() {
        let entries = Desk.ready().state.paletteEntries("001B-213C-4D5E".replacing("-", with: "."))
        #expect(entries.first?.title == "Find 00:1b:21:3c:4d:5e everywhere")
        #expect(entries.first?.action == .locate(Self.address))
        #expect(
            !Desk.ready().state.paletteEntries("dead").contains {
                $0.title.hasPrefix("Find ") && $0.title.hasSuffix("everywhere")
            })
    }

    @Test("servers that can are asked, and the rows of all that are here are looked through")
    func effects() {
        let (_, effects) = Self.asked()
        #expect(effects.contains(.locate(Self.address, World.core)))
        let loaded = effects.compactMap { effect -> BackendID? in
            if case .locateLoaded(Self.address, let id, _, _) = effect { id } else { nil }
        }
        #expect(loaded == World.all)
        #expect(effects.count == 1 + World.all.count)
    }

    @Test(
        "what is found stands in one list with server and kind; a row that its server named is not shown twice",
        arguments: [Size(20, 5), Size(40, 10), Size(80, 24), Size(120, 30), Size(200, 60)])
    func list(size: Size) throws {
        var (desk, _) = Self.asked(size: size)
        let port = EntityRef(World.core, .port, id: "3")
        let cpe = EntityRef(World.access, .cpe, id: "77")
        let table = Self.found(World.core, port, "FDB", "Te0/1/3", device: "mad1-agg-sw11")
        desk.send(.located(Self.address, Self.core, .success(Located(table))))
        let here = Self.found(World.core, port, "MAC", "Te0/1/3", device: "mad1-agg-sw11")
        desk.send(.located(Self.address, .init(World.core, isLoaded: true), .success(Located(here))))
        let line = Self.found(World.access, cpe, "MAC", "acme-hq")
        desk.send(.located(Self.address, .init(World.access, isLoaded: true), .success(Located(line))))
        let missing = Completeness.partial("not all ports are here")
        let none = Table.empty(.whereabouts, World.edge)
        desk.send(.located(Self.address, .init(World.edge, isLoaded: true), .success(Located(none, missing))))
        try Golden.check(desk.state, "whereabouts")
        guard size.width >= 80 else { return }
        #expect(desk.lines.count { $0.contains("Te0/1/3") } == 1)
        #expect(desk.lines.contains { $0.contains("acme-hq") && $0.contains("cpe on access") })
        #expect(desk.lines.contains { $0.contains("edge: not all ports are here") })
        desk.press("j")
        let effects = desk.press("Enter")
        #expect(effects.contains(.detail(cpe)))
    }

    @Test("nobody knows it only when everybody said so")
    func nobody() {
        var (desk, _) = Self.asked()
        func answer(_ source: WhereaboutsView.Source, _ result: Result<Located, BackendError>) {
            desk.send(.located(Self.address, source, result))
        }
        for id in World.all {
            #expect(!desk.lines.contains { $0.contains("nobody knows it") })
            answer(.init(id, isLoaded: true), .success(Located(.empty(.whereabouts, id))))
        }
        #expect(desk.lines.contains { $0.contains("asking core") })
        answer(Self.core, .failure(BackendError(.timedOut, "no answer within 30 s")))
        #expect(!desk.lines.contains { $0.contains("nobody knows it") })
        #expect(desk.lines.contains { $0.contains("not everything could be asked") })
        #expect(desk.lines.contains { $0.contains("core: no answer within 30 s") })
        #expect(desk.press("r").contains(.locate(Self.address, World.core)))
        for id in World.all { answer(.init(id, isLoaded: true), .success(Located(.empty(.whereabouts, id)))) }
        answer(Self.core, .success(Located(.empty(.whereabouts, World.core))))
        #expect(desk.lines.contains { $0.contains("nobody knows it") })
        #expect(desk.press("Enter").isEmpty)
    }

    @Test("the cursor stays on its row when rows arrive above it")
    func cursor() {
        var (desk, _) = Self.asked()
        for (number, id) in [World.access, World.bonds].enumerated() {
            let table = Self.found(id, EntityRef(id, .cpe, id: Int64(number)), "MAC", "line \(number)")
            desk.send(.located(Self.address, .init(id, isLoaded: true), .success(Located(table))))
        }
        desk.press("j")
        let port = Self.found(World.core, EntityRef(World.core, .port, id: "3"), "FDB", "Te0/1/3")
        desk.send(.located(Self.address, Self.core, .success(Located(port))))
        #expect(desk.press("Enter").contains(.detail(EntityRef(World.bonds, .cpe, id: "1"))))
    }
}
