package enum Register { package static func name(of type: UInt16) -> String { String(type) } }
