window.plain = true;
