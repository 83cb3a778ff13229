internal import CNcurses
internal import Canvas

/// Makes keys, pastes and mouse reports of what the terminal library read.
struct InputDecoder {
    /// A paste beyond this many characters is cut.
    static let pasteLimit = 1 << 20

    private var filter = EscapeFilter()
    private var paste: [Unicode.Scalar]?
    private var mouse: MouseReport?
    private var clicks = ClickCounter()
    private var last = Duration.zero

    /// Decodes what was read in one go.
    mutating func decode(_ burst: [RawInput], at now: Duration) -> [Input] {
        guard !burst.isEmpty else { return [] }
        defer { last = now }
        var inputs: [Input] = []
        if paste != nil, burst == [.character("\u{1B}")], now - last > .seconds(1) {
            // The end of the paste was lost on the way; Esc gets out.
            inputs += endPaste()
        }
        for raw in burst {
            if paste != nil {
                inputs += takePaste(raw)
            } else {
                for output in filter.take(raw, at: now) { inputs += decode(output, at: now) }
            }
        }
        for output in filter.endBurst(at: now) { inputs += decode(output, at: now) }
        return inputs
    }

    private mutating func takePaste(_ raw: RawInput) -> [Input] {
        switch raw {
        case .character(let scalar):
            if let count = paste?.count, count < Self.pasteLimit { paste?.append(scalar) }
        case .code(nc_key_paste_end.rawValue): return endPaste()
        case .code: break
        }
        return []
    }

    private mutating func endPaste() -> [Input] {
        var text = String.UnicodeScalarView()
        for scalar in paste ?? [] {
            // Terminals send a carriage return for a line break.
            text.append(scalar == "\r" ? "\n" : scalar)
        }
        paste = nil
        return [.paste(String(text))]
    }

    private mutating func decode(_ output: EscapeFilter.Output, at now: Duration) -> [Input] {
        switch output {
        case .escape: return [.key(.named(.escape))]
        case .key(let raw):
            if mouse != nil, let inputs = takeMouse(raw, at: now) { return inputs }
            return decode(raw, [])
        case .alt(.code(let code)) where Self.isMode(code):
            return [.key(.named(.escape))] + decode(.code(code), [])
        case .alt(let raw): return decode(raw, .alt)
        }
    }

    private mutating func takeMouse(_ raw: RawInput, at now: Duration) -> [Input]? {
        guard case .character(let scalar) = raw, mouse?.take(scalar) == true else {
            mouse = nil
            return nil
        }
        guard let event = mouse?.event else { return [] }
        mouse = nil
        return clicks.count(event, at: now)
    }

    private mutating func decode(_ raw: RawInput, _ modifiers: Key.Modifiers) -> [Input] {
        switch raw {
        case .character(let scalar): return Self.key(scalar, modifiers).map { [.key($0)] } ?? []
        case .code(nc_key_paste_begin.rawValue): paste = []
        case .code(nc_key_mouse_sgr.rawValue): mouse = MouseReport(.numbers)
        case .code(nc_key_mouse_old.rawValue): mouse = MouseReport(.bytes)
        case .code(let code): return Self.key(code, modifiers).map { [.key($0)] } ?? []
        }
        return []
    }

    private static func isMode(_ code: UInt32) -> Bool {
        [nc_key_paste_begin, nc_key_paste_end, nc_key_mouse_sgr, nc_key_mouse_old]
            .contains { $0.rawValue == code }
    }

    private static func key(_ scalar: Unicode.Scalar, _ modifiers: Key.Modifiers) -> Key? {
        switch scalar.value {
        case 0: Key(.character(" "), modifiers.union(.control))
        case 8, 127: Key(.named(.backspace), modifiers)
        case 9: Key(.named(.tab), modifiers)
        case 10, 13: Key(.named(.enter), modifiers)
        case 27: Key(.named(.escape), modifiers)
        case 1...26:
            Unicode.Scalar(scalar.value + 96).map {
                Key(.character(Character($0)), modifiers.union(.control))
            }
        case 28...31:
            Unicode.Scalar(scalar.value + 64).map {
                Key(.character(Character($0)), modifiers.union(.control))
            }
        case 0x80..<0xA0: nil
        default: Key(.character(Character(scalar)), modifiers)
        }
    }

    private static func key(_ code: UInt32, _ modifiers: Key.Modifiers) -> Key? {
        var modifiers = modifiers
        if code & nc_key_shift.rawValue != 0 { modifiers.insert(.shift) }
        if code & nc_key_alt.rawValue != 0 { modifiers.insert(.alt) }
        if code & nc_key_control.rawValue != 0 { modifiers.insert(.control) }
        let key = code & nc_key_mask.rawValue
        if key > nc_key_function.rawValue {
            return Key(.function(Int(key - nc_key_function.rawValue)), modifiers)
        }
        return names[key].map { Key(.named($0), modifiers) }
    }

    private static let names: [UInt32: Key.Name] = [
        nc_key_up.rawValue: .up, nc_key_down.rawValue: .down, nc_key_left.rawValue: .left,
        nc_key_right.rawValue: .right, nc_key_home.rawValue: .home, nc_key_end.rawValue: .end,
        nc_key_page_up.rawValue: .pageUp, nc_key_page_down.rawValue: .pageDown,
        nc_key_insert.rawValue: .insert, nc_key_delete.rawValue: .delete,
        nc_key_backspace.rawValue: .backspace, nc_key_tab.rawValue: .tab, nc_key_enter.rawValue: .enter,
    ]
}
