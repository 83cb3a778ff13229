import AdapterKit
import CurlTransport
import Domain
import HTTP
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: graphs")
struct LiveGraphTests {
    private func request(_ entity: EntityRef, _ picture: PictureDescriptor) -> PictureRequest {
        PictureRequest(entity, picture, span: .week, spansAgo: 1, width: 320, height: 120)
    }

    /// A device that is no oddity: those have no graphs.
    private func device(_ live: LiveLibreNMS) async throws -> EntityRef {
        let devices = try await live.table(.device)
        let row = try #require((0..<devices.count).first { devices.name($0).contains("core") })
        return devices.refs[row]
    }

    private func targets(_ live: LiveLibreNMS) -> [String] { live.simulator.arrivals().map(\.target) }

    @Test(
        "get_graphs lists what a device has, and get_graph_generic_by_hostname draws it",
        arguments: LiveLibreNMS.releases)
    func ofDevice(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let device = try await device(live)
            let list = try await live.server.pictures(of: device)
            #expect(Set(list.map(\.id)).count == list.count && list.count > 1)
            let bytes = try await live.server.picture(request(device, try #require(list.first)))
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 100)
            let target = try #require(targets(live).last)
            #expect(target.contains("graph_type=png&from=-1209600&to=-604800&width=320&height=120"))
            // Releases of 2016 draw only what they are asked for by name.
            #expect(target.contains("/devices/\(device.id)/") == (release == .modern))
        }
    }

    @Test("get_graph_by_port_hostname draws ports whose names hold slashes", arguments: LiveLibreNMS.releases)
    func ofPort(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let device = try await device(live)
            _ = try await live.server.detail(of: device)
            let ports = try await live.table(.port)
            let row = try #require(
                (0..<ports.count).first { row in
                    guard case .ref(let owner, _) = ports.value(row, .device) else { return false }
                    return owner == device && ports.name(row).contains("/")
                })
            let list = try await live.server.pictures(of: ports.refs[row])
            #expect(list.map(\.title).first == "Traffic")
            let bytes = try await live.server.picture(request(ports.refs[row], try #require(list.first)))
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            // One that decodes paths twice is told them encoded twice.
            let target = try #require(targets(live).last)
            #expect(target.contains("%2F") == (release == .modern))
            #expect(target.contains("%252F") == (release == .release2016))
            #expect(target.contains("/port_bits?"))
        }
    }

    @Test("a graph without data is an error in words in both dialects", arguments: LiveLibreNMS.releases)
    func missing(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let device = try await device(live)
            let list = try await live.server.pictures(of: device)
            var place = try GraphPlace(try #require(list.first).id)
            place.type = "device_bogus"
            let bogus = PictureDescriptor(id: place.id, title: "Bogus")
            let error = await #expect(throws: BackendError.self) {
                try await live.server.picture(request(device, bogus))
            }
            #expect(error?.words.contains(release == .modern ? "template missing" : "drew nothing") == true)
        }
    }

    @Test("a port whose name others share is asked for by its description, or not at all")
    func shared() async throws {
        try await withLiveServer(.modern) { live in
            let ports = try await live.table(.port)
            let twins = (0..<ports.count).filter { ports.name($0) == "dup0" }
            #expect(twins.count > 1)
            let error = await #expect(throws: BackendError.self) {
                try await live.server.pictures(of: ports.refs[try #require(twins.last)])
            }
            #expect(error?.words.contains("shares it") == true)
        }
    }

    @Test("SVG, JSON and pages are refused with words, whatever the server calls them")
    func notPNG() throws {
        func file(_ type: String, _ body: String) throws(BackendError) -> [UInt8] {
            try LibreNMSServer.file(
                Response(
                    status: 200, headers: [Header("Content-Type", type)], body: Body(Array(body.utf8))))
        }
        for type in ["image/svg+xml", "image/png"] {
            let error = #expect(throws: BackendError.self) {
                try file(type, "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")
            }
            #expect(error?.words.contains("SVG") == true)
        }
        let message = #expect(throws: BackendError.self) {
            try file("application/json", "{\"status\":\"error\",\"message\":\"No Authorization\"}")
        }
        #expect(message?.words == "the server says: No Authorization")
        #expect(throws: BackendError.self) { try file("text/html", "<html>hello</html>") }
    }

    @Test("a port's name survives in an identifier whatever it holds")
    func places() throws {
        for name in ["Gi0/1", "a\u{1F}b\u{1F}c", "", "ae0.100 ü"] {
            for isDescription in [false, true] {
                let place = GraphPlace(
                    type: "port_bits", device: "7", port: name, isDescription: isDescription)
                #expect(try GraphPlace(place.id) == place)
            }
        }
        #expect(try GraphPlace(GraphPlace(type: "device_bits", device: "a.example.net").id).port == nil)
        #expect(throws: BackendError.self) { try GraphPlace("") }
    }
}
