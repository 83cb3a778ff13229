import AdapterKit
import BondingAdapter
import CurlTransport
import Domain
import HTTP
import JSON
import KrillAdapter
import LibreNMSAdapter
import Simulator
import Testing

@Suite("Browse over HTTP")
struct BrowseTests {
    static let kinds = ["librenms", "bonding", "krill"]

    @Test("every path of a catalogue that reads is walked", arguments: kinds)
    func walked(kind: String) async throws {
        try await withWalk(kind) { walk, simulator in
            _ = try await walk.adapter.check()
            let browser = try #require(walk.adapter.browser)
            var answered = 0
            for entry in walk.descriptor.catalogue where entry.isReadable || entry.isAskedByPost {
                let ways = (try? await walk.ways(entry.template)) ?? []
                let isUnlisted = Exceptions.unlisted[kind]?[entry.template.description] != nil
                #expect(ways.isEmpty == isUnlisted, "no list gives what fills \(entry.template)")
                if let exception = walk.manners.exceptions[entry.template], let way = ways.first {
                    let response = try await walk.answer(entry.template, way, entry.isReadable ? .get : .post)
                    #expect(
                        response.status == exception.status,
                        "\(entry.template): “\(exception.reason)” does not explain \(response.status)")
                    continue
                }
                var words = ""
                for way in ways {
                    do throws(BackendError) {
                        let place = try walk.place(entry.template, way, browser)
                        let browsed = try await browser.browse(place, mostPages: 1)
                        words = ""
                        answered += 1
                        for text in browsed.shown where Planted.isSecret(text) {
                            Issue.record("\(entry.template) shows \(text)")
                        }
                        break
                    } catch {
                        words = error.words
                    }
                }
                let isRefused = Exceptions.unanswered[kind]?[entry.template.description] != nil
                #expect(words.isEmpty != isRefused, "\(entry.template): \(words)")
            }
            #expect(answered > 50)
            // Nothing that acts arrived.
            let acting = walk.descriptor.catalogue.filter(\.actsByGet).map { $0.template.description }
            for arrival in simulator.arrivals() {
                #expect(["GET", "OPTIONS", "POST"].contains(arrival.method), "\(arrival.target)")
                let path = String(arrival.path.dropFirst(walk.descriptor.basePath.count))
                for template in acting {
                    #expect(!Self.fits(path, template), "\(arrival.method) \(arrival.target) acts")
                }
            }
        }
    }

    @Test("every path of a catalogue that changes is driven", arguments: kinds)
    func driven(kind: String) async throws {
        try await withWalk(kind) { walk, simulator in
            _ = try await walk.adapter.check()
            let drive = try Drive(walk, simulator)
            var faults: [String] = []
            for change in drive.changes {
                let fault = await drive.fault(of: change)
                let exception = Exceptions.undriven[kind]?.first { change.name == $0.key }
                switch (fault, exception) {
                case (let fault?, nil): faults.append("\(change.name): \(fault)")
                case (nil, let exception?): faults.append("\(change.name) is driven: \(exception.value)")
                case (nil, nil), (_?, _?): break
                }
            }
            #expect(faults == [], "\(faults.count) of \(drive.changes.count)")
        }
    }

    @Test("the gate lets no path through that acts, in whatever method", arguments: kinds)
    func refused(kind: String) async throws {
        try await withWalk(kind) { walk, simulator in
            for entry in walk.descriptor.catalogue {
                for method in entry.acting {
                    let parameters = Dictionary(
                        entry.template.description.split(separator: "/").filter { $0.hasPrefix("{") }
                            .map { (String($0.dropFirst().dropLast()), "1") }, uniquingKeysWith: { $1 })
                    do throws(TransportError) {
                        _ = try await walk.transport.read(
                            ReadRequest(entry.template, parameters, method: method))
                        Issue.record("\(method.rawValue) \(entry.template) was read")
                    } catch {
                        guard case .refused = error else {
                            Issue.record("\(method.rawValue) \(entry.template): \(error)")
                            continue
                        }
                    }
                }
            }
            #expect(simulator.arrivals().isEmpty)
        }
    }

    private static func fits(_ path: String, _ template: String) -> Bool {
        let steps = path.split(separator: "/")
        let wanted = template.split(separator: "/")
        return steps.count == wanted.count
            && zip(steps, wanted).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
    }

    /// Runs a body against a started server of a kind of adapter.
    func withWalk(
        _ kind: String, _ body: (Walk, SimulatedServer) async throws -> Void
    ) async throws {
        let tokens = Tokens(admin: "an-admins-passw0rd", readOnly: "a-readers-passw0rd")
        let (descriptor, api, user, manners): (AdapterDescriptor, SimulatedAPI, String?, Walk.Manners) =
            switch kind {
            case "librenms": (LibreNMS.descriptor, .libreNMS(.modern), nil, .libreNMS)
            case "krill": (Krill.descriptor, .krill(.v2), KrillAccount.administrator.user, .krill)
            default: (Bonding.descriptor, .bonding(.v3), BondingAccount.administrator.user, .bonding)
            }
        let world = World(scale: 1_200)
        let simulator = SimulatedServer(api: api, world: world, tokens: tokens)
        let port = try await simulator.start()
        let network = try CurlNetwork(version: "test")
        let endpoint = Endpoint(
            origin: Origin(scheme: "http", host: "127.0.0.1", port: Int(port)),
            basePath: descriptor.basePath, proxy: "")
        let backend = network.backend("walk", at: endpoint)
        let reader = backend.reader(declaring: descriptor.reads)
        let settings = BackendSettings(
            id: BackendID(0), name: "walk", endpoint: endpoint, user: user, secret: Secret(tokens.admin),
            now: { Timestamp(Int64(world.now)) }, pause: { seconds in world.advance(by: Int(seconds)) })
        let adapter = descriptor.make(settings, reader)
        let commander = backend.commander { () async throws(TransportError) in
            (try? await adapter.credentials()) ?? []
        }
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(Walk(descriptor, manners, adapter, reader, commander), simulator))
        } catch {
            result = .failure(error)
        }
        await simulator.stop()
        await network.stop()
        try result.get()
    }
}

/// What simulated servers plant as secrets.
enum Planted {
    static func isSecret(_ text: String) -> Bool {
        ["s3cret", "n0c-c0mmunity", "an-admins-passw0rd", "ssh-", "ppp-", "apn-"].contains {
            text.hasPrefix($0)
        }
    }
}

extension Browsed {
    /// All values that stand in it.
    var shown: [String] {
        switch content {
        case .rows(let table):
            table.resource.fields.flatMap { field in
                (0..<min(50, table.count)).map { table.text($0, field.key) }
            }
        case .object(let detail):
            detail.sections.flatMap(\.lines).compactMap { line in
                switch line.value {
                case .text(let text), .ref(_, let text): text
                default: nil
                }
            }
        case .file: []
        }
    }
}
