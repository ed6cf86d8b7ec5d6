const sharp = require('sharp');

exports.handler = async event => {
  if (event.format === 'pdf') return require('pdf-lib').PDFDocument.create(event);
  return sharp(event);
};
