import CNcurses
import Canvas
import Testing

@testable import CursesTerminal

@Suite("input decoder")
struct InputDecoderTests {
    private func characters(_ text: String) -> [RawInput] { text.unicodeScalars.map { .character($0) } }
    private func code(_ key: nc_key) -> RawInput { .code(key.rawValue) }

    @Test("controls are the keys they are typed with")
    func controls() {
        var decoder = InputDecoder()
        let keys = decoder.decode(characters("a\r\n\t\u{7F}\u{8}\u{4}\u{0}\u{1C}ñ"), at: .zero)
        #expect(
            keys
                == [
                    "a", "Enter", "Enter", "Tab", "Backspace", "Backspace", "ctrl-d", "ctrl-Space", "ctrl-\\",
                    "ñ",
                ]
                .compactMap(Key.init).map(Input.key))
    }

    @Test("key codes carry their modifiers, Alt from an escape included")
    func codes() {
        var decoder = InputDecoder()
        let burst: [RawInput] = [
            code(nc_key_up), .code(nc_key_left.rawValue | nc_key_control.rawValue),
            .code(nc_key_function.rawValue + 5), .character("\u{1B}"), code(nc_key_down), code(nc_key_none),
        ]
        #expect(
            decoder.decode(burst, at: .zero)
                == ["Up", "ctrl-Left", "F5", "alt-Down"].compactMap(Key.init).map(Input.key))
    }

    @Test("a paste is one input, whatever is in it and however it is cut")
    func paste() {
        var decoder = InputDecoder()
        var inputs = decoder.decode(
            characters("a") + [code(nc_key_paste_begin)] + characters("one\rq\u{1B}"), at: .zero)
        inputs += decoder.decode([code(nc_key_up)] + characters("[Q"), at: .seconds(1))
        inputs += decoder.decode([code(nc_key_paste_end)] + characters("b"), at: .seconds(2))
        #expect(
            inputs == [.key(.character("a")), .paste("one\nq\u{1B}[Q"), .key(.character("b"))])
    }

    @Test("a paste right after Esc is both")
    func pasteAfterEscape() {
        var decoder = InputDecoder()
        let burst =
            characters("\u{1B}") + [code(nc_key_paste_begin)] + characters("x") + [code(nc_key_paste_end)]
        #expect(decoder.decode(burst, at: .zero) == [.key(.named(.escape)), .paste("x")])
    }

    @Test("a paste whose end was lost is left with Esc, not before")
    func lostEnd() {
        var decoder = InputDecoder()
        _ = decoder.decode([code(nc_key_paste_begin)] + characters("x"), at: .zero)
        #expect(decoder.decode(characters("q"), at: .seconds(60)).isEmpty)
        #expect(decoder.decode(characters("\u{1B}"), at: .seconds(60.5)).isEmpty)
        #expect(
            decoder.decode(characters("\u{1B}"), at: .seconds(62)) == [
                .paste("xq\u{1B}"), .key(.named(.escape)),
            ])
    }

    @Test("an endless paste is cut")
    func endless() {
        var decoder = InputDecoder()
        let many = [RawInput](repeating: .character("x"), count: InputDecoder.pasteLimit + 10)
        let inputs = decoder.decode([code(nc_key_paste_begin)] + many + [code(nc_key_paste_end)], at: .zero)
        #expect(inputs == [.paste(String(repeating: "x", count: InputDecoder.pasteLimit))])
    }

    @Test("the mouse reports clicks, double clicks and the wheel, and nothing of releases")
    func mouse() {
        var decoder = InputDecoder()
        func report(_ text: String, _ milliseconds: Int) -> [Input] {
            decoder.decode([code(nc_key_mouse_sgr)] + characters(text), at: .milliseconds(milliseconds))
        }
        #expect(report("0;12;5M", 0) == [.mouse(.click, x: 11, y: 4)])
        #expect(report("0;12;5m", 50) == [])
        #expect(report("0;12;5M", 300) == [.mouse(.doubleClick, x: 11, y: 4)])
        #expect(report("0;12;5M", 350) == [.mouse(.click, x: 11, y: 4)])
        #expect(report("0;13;5M", 360) == [.mouse(.click, x: 12, y: 4)])
        #expect(report("68;1;1M65;1;1M", 400).first == .mouse(.wheelUp, x: 0, y: 0))
        #expect(report("2;1;1M", 500) == [])
        #expect(report("0;0;5M", 600) == [])
    }

    @Test("a broken mouse report gives way to the keys behind it")
    func brokenMouse() {
        var decoder = InputDecoder()
        let inputs = decoder.decode([code(nc_key_mouse_sgr)] + characters("0;1q"), at: .zero)
        #expect(inputs == [.key(.character("q"))])
    }

    @Test("the old form of the mouse report is read too")
    func oldMouse() {
        var decoder = InputDecoder()
        let inputs = decoder.decode([code(nc_key_mouse_old)] + characters(" ,%q"), at: .zero)
        #expect(inputs == [.mouse(.click, x: 11, y: 4), .key(.character("q"))])
    }
}
