import Canvas
import Configuration
import Dashboard
import Domain
import Foundation
import Presets
import Testing

/// Frames in the looks that ship: text, then a letter per cell for its look, then what each look is at each depth.
///
/// `RECORD=1` writes them again, beside the frames of the dashboard.
@Suite("Frames in every theme")
struct ThemeFrameTests {
    private static let wall = Timestamp(1_795_230_862)

    private static let alerts = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "SEVERITY", .severity, width: 4...10, priority: 0),
            Field(.state, "STATE", .state, width: 4...8, priority: 1),
            Field(.since, "SINCE", .time, width: 5...6, priority: 1),
            Field(.name, "NAME", .text, width: 10...40, priority: 0),
        ], interval: 20, feedsCounts: true, order: [SortKey(.severity, descending: true)])

    private static func table(_ backend: BackendID) -> Table {
        let rows = [
            ("critical", "open", "Port down: Te0/1/3"), ("critical", "acknowledged", "BGP session down"),
            ("warning", "worse", "High load"), ("warning", "better", "High temperature"),
            ("ok", "open", "Configuration changed"), ("", "changed", "Sensor over limit"),
        ]
        var builder = TableBuilder(alerts, backend)
        for (index, row) in rows.enumerated() {
            builder.begin(EntityRef(backend, .alert, id: Int64(index)))
            builder.set(0, text: row.0)
            builder.set(1, text: row.1)
            builder.set(2, time: Timestamp(wall.seconds - Int64(index) * 700))
            builder.set(3, text: row.2)
        }
        return builder.finish()
    }

    /// A frozen table of a fresh and a stale server, filtered, with a mark and what is possible with a row over it.
    private func state(_ theme: Theme) -> State {
        let files = Presets.keymaps.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) }
        let keymap = KeymapLibrary(shipped: files, directory: "").keymap(
            KeymapLibrary.standard, actions: ["pane-alerts", "acknowledge"]
        ).keymap
        let start = Instant(seconds: 1_000)
        let acknowledge = CommandDescriptor(
            .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless, effect: "It is quiet.",
            form: [], bulk: true)
        let backends = [BackendID(0), BackendID(1)].map { id in
            BackendState(
                id: id, name: id == BackendID(0) ? "core" : "edge", title: "LibreNMS",
                address: "https://nms.example.net", isInsecure: id == BackendID(1), resources: [Self.alerts],
                commands: [acknowledge], now: start)
        }
        var state = State(
            size: Size(80, 24), now: start, wall: Self.wall, zone: 0, backends: backends, keymap: keymap,
            themes: [theme])
        func send(_ event: Event) { _ = reduce(&state, event) }
        func refresh(_ id: BackendID) {
            let found = Refreshed(table: Self.table(id), completeness: .complete, seconds: 0.1)
            send(.refreshed(id, .alert, .success(found)))
        }
        for backend in backends {
            let info = ServerInfo(product: "LibreNMS", clock: ServerClock(offset: 0, isCertain: true))
            send(
                .probed(
                    backend.id,
                    .success(Probe(info: info, resources: [Self.alerts], commands: [acknowledge]))))
            refresh(backend.id)
        }
        send(.tick(start + 60, wall: Timestamp(Self.wall.seconds + 60), zone: 0))
        refresh(BackendID(0))
        for key in "3 j Space Z / h i g h Enter .".split(separator: " ") {
            send(.read([.key(Key(String(key)) ?? .character("?"))]))
        }
        return state
    }

    @Test("each is drawn as it was", arguments: ThemeTests.names)
    func frame(name: String) throws {
        let shipped = Presets.themes.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) }
        let library = ThemeLibrary(shipped: shipped, directory: "")
        let place = try #require(library.index(of: name))
        let text = Self.dump(render(state(library.themes[place])))
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../DashboardTests/Golden/theme-\(name)-80x24.txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let kept = try? String(contentsOf: file, encoding: .utf8)
        #expect(kept == text, "\(file.lastPathComponent) differs; it is now:\n\(text)")
    }

    /// A colour at every depth: direct, of 256, of 16.
    private static func words(_ color: Color) -> String {
        let rgb = color.rgb.map { "#" + String($0 + 0x100_0000, radix: 16).dropFirst() } ?? "-"
        return "\(rgb) \(color.c256.map { "\($0)" } ?? "-") \(color.c16.map { "\($0)" } ?? "-")"
    }

    private static func dump(_ frame: Frame) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var looks: [Style] = []
        let map = (0..<frame.size.height).map { y in
            String(
                (0..<frame.size.width).map { x -> Character in
                    let style = frame.sheet[frame[x, y].style]
                    if !looks.contains(style) { looks.append(style) }
                    return letters[(looks.firstIndex(of: style) ?? 0) % letters.count]
                })
        }
        let legend = looks.enumerated().map { place, style in
            let letter = letters[place % letters.count]
            let colors = "\(words(style.foreground)) on \(words(style.background))"
            return "\(letter) \(colors), attributes \(style.attributes.rawValue)"
        }
        return (frame.textLines() + [""] + map + [""] + legend).joined(separator: "\n") + "\n"
    }
}
