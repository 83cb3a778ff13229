import Foundation
import Simulator
import Testing

/// A picture as PNG has it, taken apart far enough to look at pixels.
private struct Picture {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    init(_ data: Data) throws {
        let bytes = [UInt8](data)
        try #require(bytes.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
        func number(_ index: Int) -> Int { bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) } }
        var index = 8
        var stream: [UInt8] = []
        var names: [String] = []
        while index + 12 <= bytes.count {
            let length = number(index)
            let name = String(decoding: bytes[index + 4..<index + 8], as: UTF8.self)
            names.append(name)
            if name == "IDAT" { stream += bytes[index + 8..<index + 8 + length] }
            index += 12 + length
        }
        try #require(names == ["IHDR", "PLTE", "IDAT", "IEND"])
        (width, height) = (number(16), number(20))
        var rows = try Inflate(stream.dropFirst(2)).bytes
        try #require(rows.count == (width + 1) * height)
        for row in 0..<height {
            for column in 1...width where row > 0 {
                let at = row * (width + 1) + column
                rows[at] = rows[at] &+ rows[at - width - 1]
            }
        }
        pixels = rows
    }

    /// How many pixels have a colour of the palette.
    func count(_ color: UInt8) -> Int {
        (0..<height).reduce(0) { sum, row in
            let start = row * (width + 1) + 1
            return sum + pixels[start..<start + width].count { $0 == color }
        }
    }
}

/// Undoes what the simulator's pictures are compressed with, by the book rather than by its code.
private struct Inflate {
    private var bits: [Bool] = []
    private var position = 0
    private(set) var bytes: [UInt8] = []

    init(_ data: some Sequence<UInt8>) throws {
        for byte in data { for bit in 0..<8 { bits.append(byte >> bit & 1 == 1) } }
        try #require(take(1) == 1 && take(2) == 1)
        while true {
            let symbol = symbol()
            if symbol == 256 { return }
            guard symbol > 256 else {
                bytes.append(UInt8(symbol))
                continue
            }
            let bases = [
                3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
                163, 195, 227, 258,
            ]
            let code = symbol - 257
            let extra = code < 8 || code == 28 ? 0 : (code - 4) / 4
            let length = bases[code] + take(extra)
            try #require(take(5) == 0)
            let last = try #require(bytes.last)
            bytes += Array(repeating: last, count: length)
        }
    }

    private mutating func take(_ count: Int) -> Int {
        var value = 0
        for bit in 0..<count where bits[position + bit] { value |= 1 << bit }
        position += count
        return value
    }

    private mutating func symbol() -> Int {
        var code = 0
        for length in 1...9 {
            code = code << 1 | take(1)
            if length == 7, code <= 0b001_0111 { return 256 + code }
            if length == 8, (0x30...0xbf).contains(code) { return code - 0x30 }
            if length == 8, (0xc0...0xc7).contains(code) { return 280 + code - 0xc0 }
        }
        return 144 + code - 0x190
    }
}

@Suite("graphs") struct GraphTests {
    private static let host = "core-rtr001.mad1.example.net"

    @Test("a graph is a picture a little larger than its plot, with curves in it")
    func size() async throws {
        let world = World(scale: 1_200)
        try await withServer(.release2016, world: world) { client async throws in
            let answer = try await client.get(
                "/api/v0/devices/\(Self.host)/device_bits?width=400&height=120&from=-86400")
            #expect(answer.status == 200)
            #expect(answer.type.hasPrefix("image/png"))
            let picture = try Picture(answer.body)
            #expect(picture.width == 481)
            #expect(picture.height > 180)
            #expect(picture.count(3) > 2_000 && picture.count(4) > 2_000)
            #expect(answer.body.count < 30_000)
            let usual = try Picture(try await client.get("/api/v0/devices/\(Self.host)/device_uptime").body)
            #expect(usual.width == 1_156)
        }
    }

    @Test("the time asked for is the time shown")
    func time() async throws {
        try await withServer(.modern) { client async throws in
            let base = "/api/v0/devices/1/device_icmp_perf?graph_type=png&width=200&height=50"
            let now = try await client.get(base).body
            #expect(try await client.get(base + "&from=-86400").body == now)
            #expect(try await client.get(base + "&from=\(World.usualOrigin - 86_400)").body == now)
            #expect(try await client.get(base + "&from=-1d&to=now").body == now)
            #expect(try await client.get(base + "&from=-3600").body != now)
            // Nothing is known of what is to come.
            let ahead = try await client.get(
                base + "&from=\(World.usualOrigin + 60)&to=\(World.usualOrigin + 9_000)")
            #expect(try Picture(ahead.body).count(3) <= 80)
        }
    }

    @Test("today's release draws SVG unless asked for PNG, and hides either in JSON on request")
    func formats() async throws {
        try await withServer(.modern) { client async throws in
            let svg = try await client.get("/api/v0/devices/1/device_bits?width=300&height=100")
            #expect(svg.type == "image/svg+xml")
            #expect(svg.text.contains("<svg "))
            let target = "/api/v0/devices/1/device_bits?width=300&height=100&graph_type=png"
            let png = try await client.get(target)
            #expect(png.type == "image/png")
            _ = try Picture(png.body)
            let hidden = try await client.get(target + "&output=base64")
            #expect(hidden.type == "application/json")
            #expect(hidden.json["count"] as? Int == 2)
            let image = hidden.json["image"] as? [String: String]
            #expect(image?["content-type"] == "image/png")
            #expect(image?["image"].flatMap { Data(base64Encoded: $0) } == png.body)
        }
    }

    @Test("a port's graph is found by its name, however hard that is, or by its description")
    func ports() async throws {
        try await withServer(.modern) { client async throws in
            let names = try await client.get("/api/v0/devices/3/ports").rows("ports")
            let name = try #require(names.first?["ifName"] as? String)
            let path = name.replacing("/", with: "%2F")
            for type in ["port_bits", "port_upkts", "port_errors"] {
                let answer = try await client.get("/api/v0/devices/3/ports/\(path)/\(type)?graph_type=png")
                #expect(try Picture(answer.body).width == 1_156)
            }
            let described = try await client.get(
                "/api/v0/devices/3/ports/\(path)/port_bits?graph_type=png&ifDescr=true")
            #expect(described.type == "image/png")
            let unknown = try await client.get("/api/v0/devices/3/ports/nosuch/port_bits")
            #expect(unknown.status == 500)
            #expect(unknown.message == "No Authorization")
        }
        try await withServer(.release2016) { client async throws in
            let target = "/api/v0/devices/\(Self.host)/ports/\("Te0%252F0%252F0%252F0")/port_bits"
            let once = target.replacing("%252F", with: "%2F")
            let first =
                try await client.get("/api/v0/devices/1/ports").rows("ports").first?["ifName"] as? String
            if first == "Te0/0/0/0" {
                #expect(try await client.get(target).body == client.get(once).body)
                _ = try Picture(try await client.get(once).body)
            } else {
                let path = try #require(first).replacing("/", with: "%252F")
                let answer = try await client.get("/api/v0/devices/\(Self.host)/ports/\(path)/port_bits")
                _ = try Picture(answer.body)
            }
        }
    }

    @Test(
        "2016 sends an empty picture for whatever it does not know, a number included",
        arguments: [
            "1/device_bits", "nosuch/device_bits", "\(host)/device_bogus", "\(host)/ports/no/port_bits",
        ])
    func oldErrors(_ path: String) async throws {
        try await withServer(.release2016) { client async throws in
            let answer = try await client.get("/api/v0/devices/\(path)")
            #expect(answer.status == 200)
            #expect(answer.type.hasPrefix("image/png"))
            #expect(answer.body.isEmpty)
            #expect(try await client.get("/api/v0/devices/\(Self.host)/bogus").status == 500)
        }
    }

    @Test("today's release says what is wrong with a graph")
    func modernErrors() async throws {
        try await withServer(.modern) { client async throws in
            let bogus = try await client.get("/api/v0/devices/1/device_bogus")
            #expect(bogus.status == 500)
            #expect(bogus.message == "device_bogus template missing")
            #expect(try await client.get("/api/v0/devices/nosuch/device_bits").message == "No Authorization")
            let nothing = try await client.get("/api/v0/devices/no-ports.example.net/device_bits")
            #expect(nothing.message?.contains(".rrd") == true)
        }
    }

    @Test("every graph that is listed can be drawn", arguments: LibreNMSRelease.allCases)
    func listed(_ release: LibreNMSRelease) async throws {
        try await withServer(release) { client async throws in
            let graphs = try await client.get("/api/v0/devices/\(Self.host)/graphs").rows("graphs")
            #expect(graphs.count > 4)
            for graph in graphs {
                let name = try #require(graph["name"] as? String)
                let answer = try await client.get(
                    "/api/v0/devices/\(Self.host)/\(name)?width=200&height=50&graph_type=png")
                #expect(try Picture(answer.body).width == 281)
            }
        }
    }
}
