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
            var answered = 0
            for entry in walk.descriptor.catalogue where entry.isReadable || entry.isAskedByPost {
                let ways = try await walk.ways(entry.template)
                #expect(!ways.isEmpty, "no list gives what fills \(entry.template)")
                let method: Method = entry.isReadable ? .get : .post
                var statuses: [Int] = []
                for way in ways {
                    let response = try await walk.answer(entry.template, way, method)
                    statuses.append(response.status)
                    guard response.isSuccess else { continue }
                    answered += 1
                    if let root = try? response.json() {
                        let secrets = SecretNames(entry)
                        #expect(secrets.leaks(in: root) == [], "\(entry.template)")
                    }
                    break
                }
                let isAnswered = statuses.contains { (200..<300).contains($0) }
                if let exception = walk.manners.exceptions[entry.template] {
                    #expect(
                        statuses.contains(exception.status),
                        "\(entry.template) answers \(statuses), which “\(exception.reason)” does not explain")
                } else if !ways.isEmpty {
                    #expect(isAnswered, "\(method.rawValue) \(entry.template) answers \(statuses)")
                }
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
    private func withWalk(
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
        let reader = network.backend("walk", at: endpoint).reader(declaring: descriptor.reads)
        let settings = BackendSettings(
            id: BackendID(0), name: "walk", endpoint: endpoint, user: user, secret: Secret(tokens.admin),
            now: { Timestamp(Int64(world.now)) }, pause: { seconds in world.advance(by: Int(seconds)) })
        let adapter = descriptor.make(settings, reader)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(Walk(descriptor, manners, adapter, reader), simulator))
        } catch {
            result = .failure(error)
        }
        await simulator.stop()
        await network.stop()
        try result.get()
    }
}

/// The names under which secrets stand in the answers of a path, and whether one stands under another.
private struct SecretNames {
    private let entry: CatalogueEntry
    private let everywhere = SecretKeys()

    init(_ entry: CatalogueEntry) { self.entry = entry }

    /// What simulated servers plant as secrets, found where nothing masks it: the way to it.
    func leaks(in value: JSONValue, under way: String = "") -> [String] {
        if let object = value.object {
            return object.flatMap { key, value -> [String] in
                if everywhere.holds(key) || entry.secrets.contains(key.lowercased()) { return [] }
                return leaks(in: value, under: "\(way).\(key)")
            }
        }
        if let array = value.array {
            return array.prefix(50).enumerated().flatMap { leaks(in: $1, under: "\(way)[\($0)]") }
        }
        let planted = ["s3cret", "n0c-c0mmunity", "passw0rd", "ssh-", "ppp-", "apn-"]
        guard let text = value.string, planted.contains(where: { text.hasPrefix($0) || text == $0 }) else {
            return []
        }
        return [way]
    }
}
