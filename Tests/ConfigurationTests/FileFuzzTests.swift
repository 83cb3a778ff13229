import Dashboard
import Domain
import Presets
import TOML
import Testing

@testable import Configuration

@Suite("Files with anything in them")
struct FileFuzzTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    @Test("a mutated file is read, or refused with line and column", arguments: 0..<8)
    func mutatedFiles(seed: Int) {
        var mutation = Mutation(seed: seed)
        let files = Presets.themes.map(\.bytes) + Presets.keymaps.map(\.bytes) + [Array(Example.core.utf8)]
        for _ in 0..<500 {
            let bytes = mutation.of(mutation.part(of: files))
            do throws(TOMLError) {
                _ = try TOMLTable.parse(bytes)
            } catch {
                #expect(isPlaced(error.position, in: bytes) && !error.words.isEmpty, "\(error) of \(bytes)")
            }
        }
    }

    @Test("a file of nothing but brackets, quotes and dots is read, or refused with line and column")
    func signs() {
        var mutation = Mutation(seed: 99)
        for _ in 0..<5000 {
            let text = mutation.signs()
            do throws(TOMLError) {
                _ = try TOMLTable.parse(text)
            } catch {
                #expect(
                    isPlaced(error.position, in: Array(text.utf8)), "\(error) of \(text.debugDescription)")
            }
        }
    }

    @Test("a mutated configuration says what is wrong with it, and where")
    func configurations() throws {
        let text =
            Example.core + """
                mode = "guarded"
                intervals = { alert = 30 }
                tls = { insecure = true }
                [ui]
                theme = "midnight"
                browser = ["firefox"]
                [[wallboard]]
                name = "noc"
                night = { from = "22:00", to = "06:00" }
                [[wallboard.page]]
                pane = "alerts"
                filter = "is:open"
                [[notify]]
                command = ["true"]
                [audit]
                mode = "best-effort"
                """
        var mutation = Mutation(seed: 5)
        for _ in 0..<1000 {
            let mutated = String(decoding: mutation.of(Array(text.utf8)), as: UTF8.self)
            let complaints = try scratch.read(mutated).complaints
            #expect(complaints.allSatisfy { isSound($0, Array(mutated.utf8)) }, "\(complaints)")
        }
    }

    @Test("a mutated theme or keymap says what is wrong with it, and where")
    func looks() {
        var mutation = Mutation(seed: 6)
        for _ in 0..<200 {
            for file in [Presets.themes[0], Presets.keymaps[0]] {
                let bytes = mutation.of(file.bytes)
                let own = NamedFile(name: file.name, path: "own.toml", bytes: bytes)
                let complaints = ThemeFile(own).complaints + KeymapFile(own, names: []).complaints
                #expect(complaints.allSatisfy { isSound($0, bytes) }, "\(complaints)")
            }
        }
    }

    @Test("a mutated form is taken, or refused with its line")
    func forms() {
        let draft = Draft(
            title: "Edit rule on core",
            fields: [
                Draft.Field(FormField("name", "Name", .line(required: true)), .text("Port 'down'")),
                Draft.Field(FormField("rule", "Rule", .line(required: false)), .text("%a.b = \"c\"\n%d")),
                Draft.Field(FormField("severity", "Severity", .choice(["ok", "critical"])), .text("ok")),
                Draft.Field(FormField("mute", "Mute", .toggle(initially: false)), .flag(true)),
            ])
        let text = Array(FormSheet.text(draft).utf8)
        var mutation = Mutation(seed: 8)
        for _ in 0..<3000 {
            do throws(FormFault) {
                _ = try FormSheet.answers(in: String(decoding: mutation.of(text), as: UTF8.self), to: draft)
            } catch {
                #expect(error.words.hasPrefix("line "), "\(error.words)")
            }
        }
    }

    private func isPlaced(_ place: TOMLPosition, in bytes: [UInt8]) -> Bool {
        place.line >= 1 && place.line <= bytes.count { $0 == 0x0A } + 1 && place.column >= 1
    }

    /// Whether a complaint says where and what, and holds nothing that a terminal would obey.
    private func isSound(_ complaint: Complaint, _ bytes: [UInt8]) -> Bool {
        (complaint.position.map { isPlaced($0, in: bytes) } ?? true) && !complaint.words.isEmpty
            && complaint.description.unicodeScalars.allSatisfy {
                $0.value >= 32 && !(0x7F..<0xA0).contains($0.value)
            }
    }
}

/// Makes files that are nearly right, the same ones in each run.
private struct Mutation: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 33
    }

    private static let pieces = [
        "[", "]", "[[", "]]", "=", ".", "\"", "'", "\"\"\"", "'''", "#", "\n", "{", "}", ",", "\\", "\\u",
        "0x",
        "1e", "-", "+", "_", "nan", "true", "2026-11-27", ":", "é", "\u{202E}", "\u{1B}[2J", "\r", "\t", "[=",
        "a.b.c", "\u{0}",
    ]

    private mutating func piece() -> String {
        Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &self)]
    }

    /// A few signs of the language, one after another.
    mutating func signs() -> String {
        (0..<Int.random(in: 1...12, using: &self)).reduce(into: "") { text, _ in text += piece() }
    }

    /// The beginning of one of some files.
    mutating func part(of files: [[UInt8]]) -> [UInt8] {
        let file = files[Int.random(in: 0..<files.count, using: &self)]
        return Array(file.prefix(Int.random(in: 0...1500, using: &self)))
    }

    /// A file with some bytes changed, left out, doubled or put in.
    mutating func of(_ file: [UInt8]) -> [UInt8] {
        var bytes = file
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            let end = min(bytes.count, place + Int.random(in: 0...12, using: &self))
            switch Int.random(in: 0..<12, using: &self) {
            case 0..<3: bytes.removeSubrange(place..<end)
            case 3..<7: bytes.insert(contentsOf: Array(piece().utf8), at: place)
            case 7..<9: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
            case 9: bytes.removeSubrange(place...)
            default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &self) }
            }
        }
        return bytes
    }
}
