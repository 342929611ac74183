/// What the user chose: one immutable record, kept in one file. Entry type: [app.waxwing.settings.Settings].
@NullMarked
package app.waxwing.settings;

import org.jspecify.annotations.NullMarked;
