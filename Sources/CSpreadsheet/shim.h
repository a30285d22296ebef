// Spreadsheets as Debian's libraries know them: libxlsxwriter writes one, libzip opens one, expat
// reads its parts. Nothing is wrapped here; the module `Spreadsheet` is the only one that may import
// this.
#pragma once
#include <expat.h>
#include <xlsxwriter.h>
#include <zip.h>
